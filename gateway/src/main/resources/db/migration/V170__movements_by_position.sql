-- Every block is read exactly once because the cursor moves with it in the same transaction, locked
-- (Projection), so movements need no key that finds out about a second time: it took a fifth of the work of storing one.
-- Who looks for a position still finds it: rows lie in the order of blocks.
ALTER TABLE ops.movement DROP CONSTRAINT movement_pkey;
CREATE INDEX ON ops.movement USING brin (height) WITH (pages_per_range = 16, autosummarize = on);
