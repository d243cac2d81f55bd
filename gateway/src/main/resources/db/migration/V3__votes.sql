-- The voting channel is a chain of its own. Its engine is the same, so its tables are.
CREATE SCHEMA votes;
CREATE TABLE votes.genesis (LIKE chain.genesis INCLUDING ALL);
CREATE TABLE votes.block (LIKE chain.block INCLUDING ALL);
CREATE TABLE votes.transaction (LIKE chain.transaction INCLUDING ALL);
CREATE TABLE votes.state (LIKE chain.state INCLUDING ALL)
  WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
CREATE TABLE votes.standing (LIKE chain.standing INCLUDING ALL) WITH (fillfactor = 10);
CREATE TABLE votes.change (LIKE chain.change INCLUDING ALL);
CREATE TABLE votes.taken_in (LIKE chain.taken_in INCLUDING ALL) WITH (fillfactor = 10);
