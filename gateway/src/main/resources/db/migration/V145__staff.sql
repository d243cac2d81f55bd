-- Whose key it is, as the owner calls them.
ALTER TABLE ops.api_key ADD COLUMN name text NOT NULL DEFAULT '';
CREATE INDEX ON ops.api_key (merchant) WHERE merchant IS NOT NULL;
