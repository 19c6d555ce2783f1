-- What a person last asked for by replying: no further messages, or messages again. Callbacks come twice and out of order, so
-- the moment at which the person said it decides which of two wishes is the last, and an operator's word after it stands.
CREATE TABLE reply_wishes (
  account_id  integer NOT NULL REFERENCES accounts (id),
  channel     text NOT NULL,
  address_key uuid NOT NULL,
  wish        text NOT NULL CHECK (wish IN ('stop', 'start')),
  -- By the provider's clock, in whole seconds.
  said_at     timestamptz NOT NULL,
  PRIMARY KEY (account_id, channel, address_key)
);
SELECT protect_table('reply_wishes');
