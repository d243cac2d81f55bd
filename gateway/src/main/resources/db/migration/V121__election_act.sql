-- What those who run an election signed. Made from the blocks, which are read again for it.
CREATE TABLE ops.election_act (
  election       text    NOT NULL,
  height         bigint  NOT NULL,
  index_in_block integer NOT NULL,
  purpose        text    NOT NULL,
  key            text    NOT NULL, -- who signed
  time_millis    bigint  NOT NULL, -- of the block
  transaction    bytea   NOT NULL,
  PRIMARY KEY (election, height, index_in_block)
);
UPDATE ops.projection SET height = 0 WHERE name = 'board';
