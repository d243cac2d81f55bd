-- What belongs to an election and is not on the chain. Nothing here knows a ballot.

-- An election while it is prepared: what its administrator wrote, and what came back from others.
CREATE TABLE ops.election_draft (
  number             bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  election           text    PRIMARY KEY,
  administrator      text    NOT NULL, -- the key that may change it
  revision           integer NOT NULL DEFAULT 1,
  draft              text    NOT NULL, -- JSON, as it was sent
  roll_voters        integer NOT NULL DEFAULT 0,
  roll_weight        bigint  NOT NULL DEFAULT 0,
  roll_hash          text    NOT NULL DEFAULT '',
  credentials        bytea,  -- the public record
  credentials_count  integer NOT NULL DEFAULT 0,
  credentials_weight bigint  NOT NULL DEFAULT 0,
  credentials_hash   text    NOT NULL DEFAULT '',
  tidied             boolean NOT NULL DEFAULT false -- what voters left was rewritten after the close
);

-- Links that let others in: keyed hashes of their tokens. Place 0 is the registrar's.
CREATE TABLE ops.election_link (
  hash     bytea   PRIMARY KEY,
  election text    NOT NULL REFERENCES ops.election_draft,
  place    integer NOT NULL,
  UNIQUE (election, place)
);

-- What each trustee has said in the key ceremony, exactly as it was said. All of it is public or
-- sealed to trustees.
CREATE TABLE ops.election_trustee (
  election    text    NOT NULL REFERENCES ops.election_draft,
  place       integer NOT NULL CHECK (place > 0),
  certificate text,
  polynomial  text,
  voucher     text,
  key         text,
  PRIMARY KEY (election, place)
);

-- Who may sign in. The place is random and says nothing about the order of the list. Rows are not
-- changed while an election is open.
CREATE TABLE ops.roll (
  election text    NOT NULL REFERENCES ops.election_draft,
  place    integer NOT NULL,
  voter    bytea   NOT NULL, -- keyed hash
  sealed   bytea   NOT NULL, -- identifier, name, contact
  weight   bigint  NOT NULL,
  PRIMARY KEY (election, place),
  UNIQUE (election, voter)
);

-- Who took part: one bit for each place, a thousand places to a row, so that no row and no version
-- of a row belongs to one voter.
CREATE TABLE ops.participation (
  election  text    NOT NULL REFERENCES ops.election_draft,
  page      integer NOT NULL,
  took_part bytea   NOT NULL,
  unnoticed bytea   NOT NULL, -- of those, who was not told yet
  PRIMARY KEY (election, page)
) WITH (fillfactor = 20);

-- One-time codes and wrong guesses, of known and unknown voters alike. Times are coarse.
CREATE TABLE ops.sign_in (
  election     text        NOT NULL,
  voter        bytea       NOT NULL,
  code         bytea,      -- keyed hash; absent when used up
  expires_at   timestamptz NOT NULL,
  wrong        integer     NOT NULL, -- guesses since the last right one
  sent         integer     NOT NULL,
  locked_until timestamptz NOT NULL,
  keep_until   timestamptz NOT NULL,
  PRIMARY KEY (election, voter)
);
CREATE INDEX ON ops.sign_in (keep_until);

-- Where a voter wants a reward. Rewritten in another order when the election has closed.
CREATE TABLE ops.reward_account (
  election text    NOT NULL REFERENCES ops.election_draft,
  place    integer NOT NULL,
  account  bytea   NOT NULL,
  PRIMARY KEY (election, place)
);

-- The rewards of an election: written down and signed, all of them, before the first is sent.
CREATE TABLE ops.reward_run (
  election text   PRIMARY KEY REFERENCES ops.election_draft,
  asset    text   NOT NULL,
  amount   bigint NOT NULL CHECK (amount > 0)
);
CREATE TABLE ops.reward (
  election  text    NOT NULL REFERENCES ops.reward_run,
  number    integer NOT NULL, -- in shuffled order
  account   bytea   NOT NULL,
  statement text    NOT NULL,
  state     text    NOT NULL CHECK (state IN ('signed', 'paid', 'refused')),
  reason    text,
  PRIMARY KEY (election, number),
  UNIQUE (election, account)
);
CREATE INDEX ON ops.reward (election, number) WHERE state = 'signed';
