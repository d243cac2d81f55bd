-- Keys with which rewards are given from the gateway's fund.
CREATE TABLE ops.fund_key (
  id         text        PRIMARY KEY,
  hash       bytea       NOT NULL UNIQUE,
  name       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);

-- A reward is written down before it leaves; a person gets one for each occasion.
CREATE TABLE ops.programme_reward (
  programme  text        NOT NULL,
  account    bytea       NOT NULL,
  occasion   text        NOT NULL,
  amount     bigint      NOT NULL CHECK (amount > 0),
  statement  text        NOT NULL,
  state      text        NOT NULL DEFAULT 'signed' CHECK (state IN ('signed', 'paid', 'refused')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (programme, account, occasion)
);
CREATE INDEX ON ops.programme_reward (created_at) WHERE state = 'signed';
