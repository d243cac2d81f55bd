-- Voters' passkeys, for one election each; gone when it has closed.
CREATE TABLE ops.passkey (
  election text    NOT NULL REFERENCES ops.election_draft,
  id       bytea   NOT NULL, -- keyed hash of the credential's identifier
  place    integer NOT NULL,
  sealed   bytea   NOT NULL, -- public key
  counter  bigint  NOT NULL,
  PRIMARY KEY (election, id)
);
CREATE INDEX ON ops.passkey (election, place);
