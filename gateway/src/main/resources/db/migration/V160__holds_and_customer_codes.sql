-- An intent may be authorised by a hold, of which the merchant captures what is due.
ALTER TABLE ops.intent
  ADD COLUMN held_until_millis bigint, -- absent: paid at once
  ADD COLUMN hold_height       bigint,
  ADD COLUMN hold_index        integer,
  ADD COLUMN hold_millis       bigint,
  ADD COLUMN hold_hash         bytea,
  ADD COLUMN hold_ended        boolean NOT NULL DEFAULT false,
  DROP CONSTRAINT intent_state_check,
  ADD CONSTRAINT intent_state_check CHECK (state IN ('open', 'cancelled', 'paid', 'authorised')),
  ADD CONSTRAINT intent_hold_check CHECK ((state = 'authorised') = (hold_height IS NOT NULL)),
  ADD UNIQUE (hold_height, hold_index);

-- What was taken of a hold; of a payment at once the intent itself tells.
CREATE TABLE ops.capture (
  height         bigint  NOT NULL,
  index_in_block integer NOT NULL,
  intent         text    NOT NULL REFERENCES ops.intent,
  amount         bigint  NOT NULL CHECK (amount > 0),
  time_millis    bigint  NOT NULL,
  hash           bytea   NOT NULL,
  refunded       bigint  NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND amount),
  PRIMARY KEY (height, index_in_block)
);
CREATE INDEX ON ops.capture (intent);

-- What the gateway signs for a merchant is kept in one place, whatever it is.
ALTER TABLE ops.refund RENAME TO merchant_act;
ALTER TABLE ops.merchant_act
  ADD COLUMN kind    text NOT NULL DEFAULT 'refund'
    CHECK (kind IN ('refund', 'capture', 'void', 'customer-code')),
  ADD COLUMN payment text; -- of a refund: the position of what is given back
ALTER TABLE ops.merchant_act ALTER COLUMN kind DROP DEFAULT;

-- Which till a customer's code belongs to: the first that scanned it.
CREATE TABLE ops.customer_code (
  payer      bytea       NOT NULL, -- the key that signed
  id         text        NOT NULL,
  merchant   text        NOT NULL REFERENCES ops.merchant,
  till       text        NOT NULL,
  claimed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (payer, id)
);
CREATE INDEX ON ops.customer_code (claimed_at);
