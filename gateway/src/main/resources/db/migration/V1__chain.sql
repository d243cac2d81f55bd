-- What the embedded engine owns. Everything here but the genesis and the blocks can be rebuilt from
-- the blocks; everything, rebuilt or not, is checked when the engine starts.

-- The chain's first document, as its canonical JSON.
CREATE TABLE chain.genesis (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  document bytea   NOT NULL,
  checksum bytea   NOT NULL
);

-- Blocks as protobuf, with what was signed and what came out. The checksum covers the other columns.
CREATE TABLE chain.block (
  height      bigint PRIMARY KEY,
  time_millis bigint NOT NULL,
  hash        bytea  NOT NULL,
  block       bytea  NOT NULL,
  results     bytea[] NOT NULL,
  commit      bytea  NOT NULL,
  state_hash  bytea  NOT NULL, -- after this block; the next header carries it
  checksum    bytea  NOT NULL
);
-- Compressing would save two fifths of the room and cost a third more work for each block.
ALTER TABLE chain.block ALTER COLUMN block SET STORAGE EXTERNAL;
ALTER TABLE chain.block ALTER COLUMN results SET STORAGE EXTERNAL;
ALTER TABLE chain.block ALTER COLUMN commit SET STORAGE EXTERNAL;

-- Where a transaction is, by the first 8 bytes of its hash: a narrow index that two transactions may
-- share, so a reader compares the whole hash with the block's bytes.
CREATE TABLE chain.transaction (
  hash_start     bigint  NOT NULL,
  height         bigint  NOT NULL,
  index_in_block integer NOT NULL,
  PRIMARY KEY (hash_start, height, index_in_block)
);

-- The application's rows after the last block. Half-full pages let an update stay on its page.
CREATE TABLE chain.state (
  table_number integer NOT NULL,
  slot         bigint  NOT NULL,
  row          bytea   NOT NULL,
  PRIMARY KEY (table_number, slot)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE chain.state ALTER COLUMN row SET STORAGE EXTERNAL;

-- The last block.
CREATE TABLE chain.standing (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  height     bigint  NOT NULL,
  state_hash bytea   NOT NULL
) WITH (fillfactor = 10);
