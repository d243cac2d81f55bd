-- Several voters, such as a family, may name one account: each of them is paid.
ALTER TABLE ops.reward DROP CONSTRAINT reward_election_account_key;
