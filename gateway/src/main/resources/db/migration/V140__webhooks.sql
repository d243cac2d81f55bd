-- What happened to merchants, numbered without gaps for each of them, and who is to be told.

-- Whoever writes events holds the merchant's row until its transaction ends, so that no number
-- becomes visible before a smaller one.
CREATE TABLE ops.event_counter (
  merchant text   PRIMARY KEY,
  last     bigint NOT NULL
) WITH (fillfactor = 50);

-- No foreign keys here and in deliveries: each would cost a look-up for every payment.
CREATE TABLE ops.event (
  merchant    text   NOT NULL,
  number      bigint NOT NULL,
  id          text   NOT NULL,
  type        text   NOT NULL,
  time_millis bigint NOT NULL,
  body        text   NOT NULL, -- the bytes that are signed and sent
  PRIMARY KEY (merchant, number)
);
CREATE INDEX ON ops.event USING brin (time_millis);

-- The last height whose movements made events; blocks that are read again make none.
INSERT INTO ops.projection SELECT 'events', height FROM ops.projection WHERE name = 'movements';

CREATE TABLE ops.webhook_endpoint (
  id                  text    PRIMARY KEY,
  merchant            text    NOT NULL REFERENCES ops.merchant,
  url                 text    NOT NULL,
  description         text    NOT NULL,
  types               text[]  NOT NULL, -- types, or groups such as payment.*; none means all
  enabled             boolean NOT NULL DEFAULT true,
  disabled_because    text    CHECK (disabled_because IN ('owner', 'failing', 'gone')),
  generation          integer NOT NULL DEFAULT 1, -- of the secret
  sealed_secret       bytea   NOT NULL,
  sealed_old_secret   bytea,
  old_until_millis    bigint  NOT NULL DEFAULT 0,
  failures_in_row     integer NOT NULL DEFAULT 0,
  failing_since_millis bigint,
  paused_until_millis bigint  NOT NULL DEFAULT 0,
  created_millis      bigint  NOT NULL,
  CHECK (enabled = (disabled_because IS NULL))
);
CREATE INDEX ON ops.webhook_endpoint (merchant);

CREATE TABLE ops.webhook_delivery (
  endpoint    text    NOT NULL REFERENCES ops.webhook_endpoint ON DELETE CASCADE,
  merchant    text    NOT NULL,
  event       bigint  NOT NULL,
  state       text    NOT NULL DEFAULT 'waiting'
                      CHECK (state IN ('waiting', 'delivered', 'failed')),
  attempts    integer NOT NULL DEFAULT 0,
  round_start integer NOT NULL DEFAULT 0, -- attempts before it was last asked to be sent again
  next_millis bigint  NOT NULL DEFAULT 0, -- when it is tried next; 0 is at once
  PRIMARY KEY (endpoint, event)
);
CREATE INDEX ON ops.webhook_delivery (endpoint, next_millis, event) WHERE state = 'waiting';

CREATE TABLE ops.webhook_attempt (
  endpoint        text    NOT NULL,
  event           bigint  NOT NULL,
  number          integer NOT NULL,
  at_millis       bigint  NOT NULL,
  duration_millis bigint  NOT NULL,
  outcome         text    NOT NULL,
  status          integer,
  answer          text    NOT NULL, -- the first bytes
  PRIMARY KEY (endpoint, event, number),
  FOREIGN KEY (endpoint, event) REFERENCES ops.webhook_delivery ON DELETE CASCADE
);
