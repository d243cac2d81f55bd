-- What the chain's records say of rules, programmes, attributes and collections, by what they are about. Follows the blocks.
CREATE TABLE ops.rule_record (
  height      bigint NOT NULL,
  index       integer NOT NULL,
  time_millis bigint NOT NULL,
  hash        bytea  NOT NULL,
  purpose     text   NOT NULL,
  about       text   NOT NULL, -- an asset's code, a programme's code or an account, as the purpose says
  signer      bytea  NOT NULL, -- the account that signed the transaction
  approvers   jsonb  NOT NULL, -- the accounts whose approvals lie inside
  words       jsonb  NOT NULL, -- the operation without its approvals
  PRIMARY KEY (height, index)
);
CREATE INDEX ON ops.rule_record (about, height, index);

-- What people call a programme: codes alone stand on the chain.
CREATE TABLE ops.programme_name (
  code text PRIMARY KEY,
  ko   text NOT NULL,
  en   text NOT NULL
);

-- What operators propose, with the approvals that are there. The last signature makes it a transaction.
CREATE TABLE ops.proposal (
  number      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  purpose     text        NOT NULL,
  about       text        NOT NULL,
  asset       text        NOT NULL, -- whose approvers sign
  words       text        NOT NULL, -- canonical JSON, as it is signed
  names       jsonb,                -- of a programme
  note        text        NOT NULL DEFAULT '',
  proposed_by text        NOT NULL,
  proposed_at timestamptz NOT NULL DEFAULT now(),
  state       text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'signed', 'done', 'refused', 'withdrawn')),
  approvals   jsonb       NOT NULL DEFAULT '[]',
  statement   text,                 -- the transaction, once somebody has signed it
  hash        bytea,
  reason      text        NOT NULL DEFAULT '',
  ended_at    timestamptz,
  CHECK ((state IN ('signed', 'done')) <= (statement IS NOT NULL))
);
CREATE INDEX ON ops.proposal (number) WHERE state = 'waiting';
CREATE INDEX ON ops.proposal (number) WHERE state = 'signed';
