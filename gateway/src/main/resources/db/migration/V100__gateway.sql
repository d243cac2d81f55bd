-- What is merely operational. Amounts are minor units; account ids, keys and hashes are raw bytes;
-- times in milliseconds are the chain's.

-- Answers of calls with an Idempotency-Key. The name is a keyed hash of caller, operation and key.
CREATE TABLE ops.idempotency (
  name        bytea       PRIMARY KEY,
  fingerprint bytea       NOT NULL,
  status      integer     NOT NULL,
  body        bytea       NOT NULL, -- sealed: some answers hold secrets
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON ops.idempotency (created_at);

CREATE TABLE ops.merchant (
  number      bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id          text        PRIMARY KEY,
  account     bytea       NOT NULL UNIQUE,
  name_ko     text        NOT NULL,
  name_en     text        NOT NULL,
  city_ko     text        NOT NULL,
  city_en     text        NOT NULL,
  category    text        NOT NULL,
  postal_code text        NOT NULL,
  sealed_key  bytea       NOT NULL, -- the seed of the key that signs refunds
  created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE ops.api_key (
  id           text        PRIMARY KEY,
  hash         bytea       NOT NULL UNIQUE,
  merchant     text        REFERENCES ops.merchant, -- absent: an operator's
  role         text        CHECK (role IN ('owner', 'manager', 'cashier')),
  till         text,
  refund_limit bigint      NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL DEFAULT now(),
  revoked_at   timestamptz,
  CHECK ((merchant IS NULL) = (role IS NULL))
);

CREATE TABLE ops.session (
  hash       bytea       PRIMARY KEY,
  account    bytea       NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON ops.session (expires_at);

-- A challenge is checked by its own seal; only used ones are kept, so that none is used twice.
CREATE TABLE ops.used_challenge (
  hash       bytea       PRIMARY KEY,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON ops.used_challenge (expires_at);

-- Personal data: found by keyed hash, shown after unsealing, gone when deleted.
CREATE TABLE ops.alias (
  account      bytea PRIMARY KEY,
  phone_hash   bytea NOT NULL UNIQUE,
  sealed_phone bytea NOT NULL,
  sealed_name  bytea NOT NULL
);

CREATE TABLE ops.intent (
  number         bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id             text    PRIMARY KEY,
  merchant       text    NOT NULL REFERENCES ops.merchant,
  payee          bytea   NOT NULL,
  till           text,
  asset          text    NOT NULL,
  amount         bigint  NOT NULL CHECK (amount > 0),
  reference      text,
  created_millis bigint  NOT NULL,
  expires_millis bigint  NOT NULL,
  state          text    NOT NULL CHECK (state IN ('open', 'cancelled', 'paid')),
  payer          bytea,
  paid_height    bigint,
  paid_index     integer,
  paid_millis    bigint,
  paid_hash      bytea,
  refunded       bigint  NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND amount),
  UNIQUE (paid_height, paid_index),
  CHECK ((state = 'paid') = (paid_height IS NOT NULL))
);
CREATE INDEX ON ops.intent (merchant, number);
CREATE INDEX ON ops.intent (expires_millis);

-- A refund is written down before its statement leaves, and under the name of its Idempotency-Key,
-- so that the same key never signs a second one.
CREATE TABLE ops.refund (
  name       bytea       PRIMARY KEY,
  intent     text        NOT NULL REFERENCES ops.intent,
  amount     bigint      NOT NULL,
  fingerprint bytea      NOT NULL,
  statement  text,       -- absent when it was refused before it was signed
  state      text        NOT NULL CHECK (state IN ('signed', 'final', 'refused')),
  answer     bytea,      -- sealed, once final or refused
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (state = 'refused' OR (statement IS NOT NULL AND amount > 0)),
  CHECK ((state = 'signed') = (answer IS NULL))
);
CREATE INDEX ON ops.refund (intent) WHERE state = 'signed';

CREATE TABLE ops.sticker (
  number     bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id         text        PRIMARY KEY,
  merchant   text        NOT NULL REFERENCES ops.merchant,
  till       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  closed_at  timestamptz
);
CREATE INDEX ON ops.sticker (merchant, number);

CREATE TABLE ops.charge (
  id             text        PRIMARY KEY,
  account        bytea       NOT NULL,
  asset          text        NOT NULL,
  amount         bigint      NOT NULL CHECK (amount > 0),
  bank_reference text        NOT NULL UNIQUE,
  state          text        NOT NULL CHECK (state IN ('asked', 'signed', 'confirmed', 'failed')),
  statement      text,       -- the approvers' words, kept before they are submitted
  hash           bytea,
  reason         text,
  created_at     timestamptz NOT NULL DEFAULT now(),
  CHECK (state IN ('asked', 'failed') OR statement IS NOT NULL)
);
CREATE INDEX ON ops.charge (created_at) WHERE state IN ('asked', 'signed');

-- What moved coins, read from final blocks. Can be dropped and read again.
CREATE TABLE ops.movement (
  height         bigint  NOT NULL,
  index_in_block integer NOT NULL,
  time_millis    bigint  NOT NULL,
  kind           text    NOT NULL,
  payer          bytea,
  payee          bytea,
  asset          text    NOT NULL,
  amount         bigint  NOT NULL,
  reference      text,
  hash           bytea   NOT NULL,
  PRIMARY KEY (height, index_in_block)
);
CREATE INDEX ON ops.movement (payer, time_millis, index_in_block) WHERE payer IS NOT NULL;
CREATE INDEX ON ops.movement (payee, time_millis, index_in_block) WHERE payee IS NOT NULL;

-- The last height that was read.
CREATE TABLE ops.projection (
  name   text   PRIMARY KEY,
  height bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO ops.projection VALUES ('movements', 0);
