-- Where the events of each election stand in the voting channel's blocks. Made from the blocks.
CREATE TABLE ops.board_event (
  election       text    NOT NULL,
  height         bigint  NOT NULL,
  index_in_block integer NOT NULL,
  purpose        text    NOT NULL,
  transaction    bytea   NOT NULL,
  tracker        bytea, -- of ballots
  PRIMARY KEY (election, height, index_in_block)
);
CREATE UNIQUE INDEX ON ops.board_event (election, tracker);
INSERT INTO ops.projection VALUES ('board', 0);

-- Ballots that were opened for a check, so that nobody casts one whose choice is known. Neither the
-- voter nor the time is kept.
CREATE TABLE ops.opened_ballot (
  election text  NOT NULL,
  tracker  bytea NOT NULL,
  PRIMARY KEY (election, tracker)
);
