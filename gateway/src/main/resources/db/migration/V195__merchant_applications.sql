-- Shops that want to be merchants. One operator writes an application down, another one approves it; then the merchant exists.
CREATE TABLE ops.merchant_application (
  number          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  business_number text        NOT NULL CHECK (business_number ~ '^[0-9]{10}$'),
  details         jsonb       NOT NULL, -- what codes and pages say of the merchant
  sealed_contact  bytea       NOT NULL, -- a person's name and telephone number
  applied_by      text        NOT NULL,
  applied_at      timestamptz NOT NULL DEFAULT now(),
  state           text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'approved', 'declined')),
  decided_by      text,
  decided_at      timestamptz,
  reason          text        NOT NULL DEFAULT '',
  merchant        text        REFERENCES ops.merchant,
  CHECK ((state = 'waiting') = (decided_by IS NULL)),
  CHECK (state <> 'approved' OR decided_by <> applied_by),
  CHECK ((state = 'approved') = (merchant IS NOT NULL))
);
CREATE INDEX ON ops.merchant_application (business_number);
CREATE INDEX ON ops.merchant_application (number) WHERE state = 'waiting';
