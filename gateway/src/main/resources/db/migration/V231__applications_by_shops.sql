-- A shop applies by itself: two operators approve it one after the other, and it follows the application by a private link.
ALTER TABLE ops.merchant_application
  ADD COLUMN link_hash    bytea UNIQUE, -- of the applicant's token; absent when an operator wrote the application down
  ADD COLUMN checked_by   text,         -- the first of the two operators
  ADD COLUMN key_shown_at timestamptz,
  ADD CHECK (checked_by IS NULL OR link_hash IS NOT NULL),
  ADD CHECK (link_hash IS NULL OR state <> 'approved' OR (checked_by IS NOT NULL AND checked_by <> decided_by));
