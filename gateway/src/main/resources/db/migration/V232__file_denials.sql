-- What two operators say of a payout file on the bank's word: that the bank never had it. There is one such word for a file.
CREATE TABLE ops.file_denial (
  run              text   PRIMARY KEY REFERENCES ops.settlement_run,
  proposed_by      text   NOT NULL,
  proposed_millis  bigint NOT NULL,
  confirmed_by     text CHECK (confirmed_by <> proposed_by),
  confirmed_millis bigint,
  done             boolean NOT NULL DEFAULT false, -- its payouts are rejected
  CHECK ((confirmed_by IS NULL) = (confirmed_millis IS NULL)),
  CHECK (NOT done OR confirmed_by IS NOT NULL)
);
