-- Where a merchant sells, and which tills stand there. A till that stands nowhere has no row; its name is in its keys, stickers and intents.
CREATE TABLE ops.location (
  number   bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id       text   PRIMARY KEY,
  merchant text   NOT NULL REFERENCES ops.merchant,
  name     text   NOT NULL,
  address  text   NOT NULL,
  region   text   NOT NULL
);
CREATE INDEX ON ops.location (merchant, number);

CREATE TABLE ops.till (
  merchant text NOT NULL REFERENCES ops.merchant,
  code     text NOT NULL,
  location text NOT NULL REFERENCES ops.location,
  PRIMARY KEY (merchant, code)
);
CREATE INDEX ON ops.till (location);
CREATE INDEX ON ops.sticker (merchant, till);
