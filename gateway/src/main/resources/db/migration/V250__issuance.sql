-- Coins against deposits: what came in, what is proposed for it, and who signed. Nothing here is deleted.

-- A charge that is paid by a bank transfer, and what the person writes beside it. Null: the bank is asked by the gateway.
ALTER TABLE ops.charge ADD COLUMN payin_reference text UNIQUE;

-- Money that came in, one row for each entry of the bank's files, however often it is told.
CREATE TABLE ops.deposit (
  number        bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
  id            text        PRIMARY KEY, -- comes from the entry; the bank reference on the chain
  entry         text        NOT NULL,    -- what the bank calls it
  won           bigint      NOT NULL CHECK (won > 0),
  booked_on     date        NOT NULL,
  sealed_payer  bytea       NOT NULL,    -- name and words of whoever paid
  state         text        NOT NULL CHECK (state IN ('new', 'unmatched', 'matched', 'to-return', 'returned')),
  decided_by    text,
  note          text        NOT NULL DEFAULT '',
  issued_height bigint,                  -- the block in which its coins came to be
  found_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON ops.deposit (number) WHERE state = 'new';
CREATE INDEX ON ops.deposit (number) WHERE issued_height IS NULL AND state <> 'returned';
CREATE INDEX ON ops.deposit (issued_height, booked_on);

-- Coins that are to come to be, or to end. Written down before anybody signs; the ledger takes each id once.
CREATE TABLE ops.issue (
  number          bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
  id              text        PRIMARY KEY, -- the bank reference on the chain; a deposit's own
  kind            text        NOT NULL CHECK (kind IN ('issue', 'redeem')),
  account         bytea       NOT NULL,
  asset           text        NOT NULL,
  amount          bigint      NOT NULL CHECK (amount > 0),
  bonus_programme text,
  bonus_amount    bigint,
  deposit         text        UNIQUE REFERENCES ops.deposit,
  charge          text        REFERENCES ops.charge,
  reason          text        NOT NULL DEFAULT '',
  proposed_by     text,                    -- an operator's key; null: the deposit named its charge
  proposed_at     timestamptz NOT NULL DEFAULT now(),
  state           text        NOT NULL CHECK (state IN ('waiting', 'signed', 'recorded', 'refused', 'withdrawn')),
  approvals       text[]      NOT NULL DEFAULT '{}',
  statement       text,                    -- signed by enough; kept before it is submitted
  height          bigint,
  index_in_block  integer,
  hash            bytea,
  refusal         text,
  CHECK (deposit IS NULL OR deposit = id),
  CHECK ((state = 'recorded') = (height IS NOT NULL)),
  CHECK (state <> 'signed' OR statement IS NOT NULL),
  CHECK ((bonus_programme IS NULL) = (bonus_amount IS NULL))
);
-- A charge brings coins once.
CREATE UNIQUE INDEX ON ops.issue (charge) WHERE state IN ('waiting', 'signed', 'recorded');
CREATE INDEX ON ops.issue (number) WHERE state IN ('waiting', 'signed', 'refused');

-- What had come in for coins that were not issued yet when the day ended, as far as this statement tells.
ALTER TABLE ops.reserve_statement ADD COLUMN not_issued bigint;
