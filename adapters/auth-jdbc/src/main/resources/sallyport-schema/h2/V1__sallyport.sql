-- Sallyport, schema 1, for H2 2.2 and newer.
-- Times are milliseconds since 1970 in UTC; 9223372036854775807 is never. Sets are one text a line.

CREATE TABLE IF NOT EXISTS sallyport_users (
  id               VARCHAR_CASESENSITIVE(255) NOT NULL PRIMARY KEY,
  name             VARCHAR_CASESENSITIVE(300) NOT NULL, -- as typed
  name_key         VARCHAR_CASESENSITIVE(300) NOT NULL, -- as compared: NFKC, case-folded
  password_hash    VARCHAR_CASESENSITIVE, -- none: no usable password
  roles            VARCHAR_CASESENSITIVE NOT NULL,
  active           BOOLEAN NOT NULL,
  epoch            BIGINT NOT NULL, -- what was issued before it has ended
  revocation_epoch BIGINT NOT NULL, -- the epoch of the last raise that was no password change
  version          BIGINT NOT NULL,
  CONSTRAINT sallyport_users_name UNIQUE (name_key)
);

CREATE TABLE IF NOT EXISTS sallyport_tokens (
  token_key        VARCHAR_CASESENSITIVE(43) NOT NULL PRIMARY KEY, -- SHA-256 of the secret, base64url
  id               VARCHAR_CASESENSITIVE(255) NOT NULL, -- public
  kind             VARCHAR_CASESENSITIVE(16) NOT NULL, -- session, token, family, reset
  user_id          VARCHAR_CASESENSITIVE(255) NOT NULL,
  label            VARCHAR_CASESENSITIVE NOT NULL,
  scopes           VARCHAR_CASESENSITIVE, -- none: unrestricted
  created_at       BIGINT NOT NULL,
  authenticated_at BIGINT NOT NULL,
  last_seen_at     BIGINT NOT NULL,
  idle_expires_at  BIGINT NOT NULL,
  expires_at       BIGINT NOT NULL,
  ends_at          BIGINT GENERATED ALWAYS AS (LEAST(idle_expires_at, expires_at)),
  epoch            BIGINT NOT NULL, -- the user's at the time of the login
  client           VARCHAR_CASESENSITIVE NOT NULL,
  attributes       VARCHAR_CASESENSITIVE NOT NULL,
  version          BIGINT NOT NULL,
  generation       BIGINT, -- of families alone, as are the rest
  digest           VARCHAR_CASESENSITIVE(43),
  key_id           VARCHAR_CASESENSITIVE,
  rotated_at       BIGINT
);

CREATE INDEX IF NOT EXISTS sallyport_tokens_user ON sallyport_tokens (user_id);

CREATE INDEX IF NOT EXISTS sallyport_tokens_end ON sallyport_tokens (ends_at);

CREATE TABLE IF NOT EXISTS sallyport_throttle (
  throttle_key VARCHAR_CASESENSITIVE(64) NOT NULL PRIMARY KEY,
  counted      VARCHAR_CASESENSITIVE(2000) NOT NULL,
  forget_at    BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS sallyport_throttle_end ON sallyport_throttle (forget_at);

-- Whoever adds a record under a limit locks one of these rows first: the one that the user's id falls on.
CREATE TABLE IF NOT EXISTS sallyport_locks (
  slot INTEGER NOT NULL PRIMARY KEY
);

INSERT INTO sallyport_locks (slot)
  WITH RECURSIVE slots (slot) AS (
    SELECT 0 UNION ALL SELECT slot + 1 FROM slots WHERE slot < 255
  )
  SELECT slot FROM slots WHERE NOT EXISTS (SELECT 1 FROM sallyport_locks);

CREATE TABLE IF NOT EXISTS sallyport_schema (
  version INTEGER NOT NULL PRIMARY KEY
);

INSERT INTO sallyport_schema (version)
  SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM sallyport_schema WHERE version = 1);
