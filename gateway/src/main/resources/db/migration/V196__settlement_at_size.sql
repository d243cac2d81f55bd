-- Files hold account numbers: their bytes are sealed, as the numbers in ops.bank_account are. What an earlier version has
-- stored in clear is sealed by the gateway, which alone has the key, when settlement first looks.
ALTER TABLE ops.bank_file ADD COLUMN is_sealed boolean NOT NULL DEFAULT false;
CREATE INDEX ON ops.bank_file (hash) WHERE NOT is_sealed;

-- What waits for signatures is found without walking through all days that ever were.
CREATE INDEX ON ops.settlement_day (payout_id) WHERE state = 'computed' AND statement IS NULL;

-- Bookings are of the account that pays, whose number the configuration has: it need not stand here.
UPDATE ops.payout
SET debits = coalesce((SELECT jsonb_object_agg(key, value - 'account') FROM jsonb_each(debits)), '{}'),
  credits = coalesce((SELECT jsonb_object_agg(key, value - 'account') FROM jsonb_each(credits)), '{}')
WHERE debits <> '{}' OR credits <> '{}';

-- Compressing a day's lines would cost more work than storing them, and a day's blocks take twenty times their room.
ALTER TABLE ops.settlement_lines ALTER COLUMN lines SET STORAGE EXTERNAL;
