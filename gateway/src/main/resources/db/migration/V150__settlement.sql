-- The daily settlement. Amounts are minor units (a coin paired with the won has none); accounts, roots and
-- hashes are raw bytes; times in milliseconds are the chain's. What was settled stays: nothing here is deleted.

-- Where merchants are paid, with history: the last one that two people confirmed and whose waiting time has
-- passed counts, and a day keeps the one that it was computed with.
CREATE TABLE ops.bank_account (
  number           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  merchant         text   NOT NULL REFERENCES ops.merchant,
  bank             text   NOT NULL CHECK (bank ~ '^[0-9]{3}$'),
  sealed_number    bytea  NOT NULL,
  last_digits      text   NOT NULL,
  holder           text   NOT NULL,
  proposed_by      text   NOT NULL,
  confirmed_by     text   CHECK (confirmed_by <> proposed_by),
  effective_millis bigint,
  CHECK ((confirmed_by IS NULL) = (effective_millis IS NULL))
);
CREATE INDEX ON ops.bank_account (merchant, number);

-- What captures cost from a day on, in basis points; free without a row.
CREATE TABLE ops.merchant_fee (
  merchant     text    NOT NULL REFERENCES ops.merchant,
  from_day     date    NOT NULL,
  basis_points integer NOT NULL CHECK (basis_points BETWEEN 0 AND 10000),
  PRIMARY KEY (merchant, from_day)
);

-- The close of one day of one asset; numbers above 1 are for merchants whose first attempt came to nothing.
CREATE TABLE ops.settlement_run (
  id             text    PRIMARY KEY,
  asset          text    NOT NULL,
  day            date    NOT NULL,
  number         integer NOT NULL CHECK (number > 0),
  stage          text    NOT NULL,
  computed       bytea   NOT NULL,
  file           bytea   NOT NULL,
  last_height    bigint, -- the last block of the day, once computed
  created_millis bigint, -- when it was computed: stands in the file
  execute_on     date,
  totals         jsonb,
  waiting_for    text    NOT NULL DEFAULT '',
  UNIQUE (asset, day, number)
);
CREATE INDEX ON ops.settlement_run (asset, day) WHERE stage <> 'CLOSED';

-- What a day came to for one merchant: the foot of the statement.
CREATE TABLE ops.settlement_day (
  account        bytea   NOT NULL,
  asset          text    NOT NULL,
  day            date    NOT NULL,
  attempt        integer NOT NULL,
  run            text    NOT NULL REFERENCES ops.settlement_run,
  postings       bigint  NOT NULL,
  root           bytea   NOT NULL,
  capture_count  bigint  NOT NULL,
  captures       bigint  NOT NULL,
  refund_count   bigint  NOT NULL,
  refunds        bigint  NOT NULL,
  others         bigint  NOT NULL,
  fees           bigint  NOT NULL,
  adjustments    bigint  NOT NULL,
  carried_before bigint  NOT NULL,
  owed_before    bigint  NOT NULL,
  charges        bigint  NOT NULL,
  payout         bigint  NOT NULL,
  carried        bigint  NOT NULL,
  owed           bigint  NOT NULL,
  payout_id      text    NOT NULL UNIQUE,
  bank_account   bigint  REFERENCES ops.bank_account, -- absent: there was none, so nothing is paid out
  state          text    NOT NULL CHECK (state IN ('computed', 'recorded', 'refused', 'voided')),
  approvals      text[]  NOT NULL DEFAULT '{}',
  statement      text,   -- signed by enough; kept before it is submitted
  height         bigint,
  index_in_block integer,
  hash           bytea,
  refusal        text,
  PRIMARY KEY (account, asset, day, attempt),
  CHECK ((state IN ('recorded', 'voided')) = (height IS NOT NULL))
);
CREATE INDEX ON ops.settlement_day (run, account);

-- Lines of statements, packed by the hundred: a million rows would cost more than the whole close.
CREATE TABLE ops.settlement_lines (
  account     bytea  NOT NULL,
  asset       text   NOT NULL,
  day         date   NOT NULL,
  first_index bigint NOT NULL,
  lines       bytea  NOT NULL,
  PRIMARY KEY (account, asset, day, first_index)
);
CREATE INDEX ON ops.settlement_lines (asset, day);

-- What is asked of the bank, and all that it said.
CREATE TABLE ops.payout (
  id             text   PRIMARY KEY,
  run            text   NOT NULL REFERENCES ops.settlement_run,
  account        bytea  NOT NULL,
  won            bigint NOT NULL CHECK (won > 0),
  state          text   NOT NULL,
  reason         text   NOT NULL DEFAULT '',
  debits         jsonb  NOT NULL DEFAULT '{}',
  credits        jsonb  NOT NULL DEFAULT '{}',
  confirmed_at   timestamptz,
  heard_at       timestamptz NOT NULL DEFAULT now(), -- when it last changed, or the bank was last asked
  void_state     text CHECK (void_state IN ('wanted', 'signed', 'done')),
  void_approvals text[] NOT NULL DEFAULT '{}',
  void_statement text,
  CHECK (void_state IS NULL OR state IN ('REJECTED', 'RETURNED'))
);
CREATE INDEX ON ops.payout (run, account);
CREATE INDEX ON ops.payout (void_state) WHERE void_state IN ('wanted', 'signed');
CREATE INDEX ON ops.payout (heard_at) WHERE state IN ('SENT', 'ACCEPTED', 'SETTLED');

-- Every file that went to the bank or came from it, as it was.
CREATE TABLE ops.bank_file (
  hash       bytea       PRIMARY KEY,
  direction  text        NOT NULL CHECK (direction IN ('out', 'in')),
  name       text        NOT NULL,
  content    bytea       NOT NULL,
  outcome    text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON ops.bank_file (created_at);

-- What no rule may decide: a person looks. One entry for each subject, however often it is met.
CREATE TABLE ops.settlement_work (
  number   bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  puzzle   text        NOT NULL,
  subject  text        NOT NULL,
  found_at timestamptz NOT NULL DEFAULT now(),
  done_at  timestamptz,
  done_by  text,
  note     text,
  PRIMARY KEY (puzzle, subject)
);
