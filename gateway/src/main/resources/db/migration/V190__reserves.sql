-- The proof of reserves: coins against the money in the bank, day by day. Nothing here is ever changed.

-- What was outstanding when a day ended: after its last block, computed from the chain. Coins in minor units by asset.
CREATE TABLE ops.reserve_day (
  day        date   PRIMARY KEY,
  height     bigint NOT NULL,
  block_hash bytea  NOT NULL,
  state_hash bytea  NOT NULL,
  coins      jsonb  NOT NULL
);

-- What the bank's statements say was booked when a day ended. Of several for one day the last one counts.
CREATE TABLE ops.reserve_statement (
  number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  day         date        NOT NULL,
  file        bytea       NOT NULL REFERENCES ops.bank_file,
  part        text        NOT NULL, -- the statement's own name in the file
  booked      bigint      NOT NULL, -- in won
  received_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (file, part)
);
CREATE INDEX ON ops.reserve_statement (day, number);
