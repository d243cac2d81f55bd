-- What two operators agree on with a merchant. One proposes, another decides, and nothing is changed after that.

-- What captures cost from a business day on; once approved, the rate stands in ops.merchant_fee.
CREATE TABLE ops.fee_proposal (
  number          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  merchant        text    NOT NULL REFERENCES ops.merchant,
  from_day        date    NOT NULL,
  basis_points    integer NOT NULL CHECK (basis_points BETWEEN 0 AND 10000),
  proposed_by     text    NOT NULL,
  proposed_millis bigint  NOT NULL,
  decided_by      text,
  decided_millis  bigint,
  state           text    NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'declined')),
  CHECK ((state = 'proposed') = (decided_by IS NULL)),
  CHECK (state <> 'approved' OR decided_by <> proposed_by)
);
CREATE INDEX ON ops.fee_proposal (merchant, number);

-- A sum in favour of a merchant or against it, outside of any payment. It belongs to the day on which it was approved.
CREATE TABLE ops.correction (
  number          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  merchant        text   NOT NULL REFERENCES ops.merchant,
  asset           text   NOT NULL,
  change          bigint NOT NULL CHECK (change <> 0 AND abs(change) <= 9007199254740991),
  reason          text   NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 140),
  proposed_by     text   NOT NULL,
  proposed_millis bigint NOT NULL,
  decided_by      text,
  decided_millis  bigint,
  day             date,
  state           text   NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'declined')),
  CHECK ((state = 'proposed') = (decided_by IS NULL)),
  CHECK ((state = 'approved') = (day IS NOT NULL)),
  CHECK (state <> 'approved' OR decided_by <> proposed_by)
);
CREATE INDEX ON ops.correction (merchant, number);
CREATE INDEX ON ops.correction (day, asset) WHERE state = 'approved';

-- What a merchant has to have seen. It stays, with who saw it and when.
CREATE TABLE ops.notice (
  number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  merchant    text   NOT NULL,
  event       text   NOT NULL, -- the id of the event that says the same
  type        text   NOT NULL,
  time_millis bigint NOT NULL,
  data        jsonb  NOT NULL,
  seen_millis bigint,
  seen_by     text,
  UNIQUE (merchant, event),
  CHECK ((seen_millis IS NULL) = (seen_by IS NULL))
);
CREATE INDEX ON ops.notice (merchant, number) WHERE seen_millis IS NULL;

-- A merchant may object to a change of its bank account until it counts; and is told when it does.
ALTER TABLE ops.bank_account
  ADD COLUMN objected_by text,
  ADD COLUMN objected_millis bigint,
  ADD COLUMN in_force_told boolean NOT NULL DEFAULT false,
  ADD CHECK ((objected_by IS NULL) = (objected_millis IS NULL)),
  ADD CHECK (objected_millis IS NULL OR effective_millis IS NULL OR objected_millis < effective_millis);
UPDATE ops.bank_account SET in_force_told = true WHERE effective_millis IS NOT NULL;
CREATE INDEX ON ops.bank_account (effective_millis) WHERE NOT in_force_told;

-- When a key was last used, to the minute.
ALTER TABLE ops.api_key ADD COLUMN used_at timestamptz;
