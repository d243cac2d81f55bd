-- Which transaction posted which ballots of an attached election. Made from the blocks.
CREATE TABLE ops.attached_posting (
  election       text    NOT NULL,
  first_position bigint  NOT NULL, -- of its hashes on the board, from 0
  height         bigint  NOT NULL,
  transaction    bytea   NOT NULL,
  PRIMARY KEY (election, first_position)
);
