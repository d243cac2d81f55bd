-- What each block changed is stored with the block, as bytes, in one transaction. The tables of state and
-- of transactions follow behind, many blocks at once; what they have not taken in yet stays here.
CREATE TABLE chain.change (
  height bigint PRIMARY KEY,
  rows   bytea  NOT NULL
);
ALTER TABLE chain.change ALTER COLUMN rows SET STORAGE EXTERNAL;

-- The last block whose effect the tables of state and of transactions have taken in.
CREATE TABLE chain.taken_in (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  height   bigint  NOT NULL
) WITH (fillfactor = 10);
INSERT INTO chain.taken_in (height) SELECT height FROM chain.standing;
