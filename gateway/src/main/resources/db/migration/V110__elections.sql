-- Elections as far as they are not on the voting channel: who may sign in and who prepares them.

CREATE TABLE ops.administrator_session (
  hash       bytea       PRIMARY KEY,
  key        text        NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON ops.administrator_session (expires_at);
