-- Platform contract 8.6. Rows of a family descend from one login; one row's replaced_by is the hash of the next.
CREATE TABLE IF NOT EXISTS platform_refresh_tokens (
  id INTEGER NOT NULL,
  user_id INTEGER NOT NULL REFERENCES platform_users (id) ON DELETE CASCADE,
  token_hash VARCHAR(64) NOT NULL,
  family_id TEXT NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  created_at TIMESTAMP NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f000', 'now')),
  last_used_at TIMESTAMP,
  revoked_at TIMESTAMP,
  replaced_by VARCHAR(64),
  PRIMARY KEY (id),
  UNIQUE (token_hash)
);

CREATE INDEX IF NOT EXISTS platform_refresh_tokens_user_id_idx ON platform_refresh_tokens (user_id);
CREATE INDEX IF NOT EXISTS platform_refresh_tokens_family_id_idx ON platform_refresh_tokens (family_id);
CREATE INDEX IF NOT EXISTS platform_refresh_tokens_expires_at_idx ON platform_refresh_tokens (expires_at);

-- Access tokens that are refused though they have not expired.
CREATE TABLE IF NOT EXISTS platform_revoked_tokens (
  jti TEXT NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  PRIMARY KEY (jti)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS platform_revoked_tokens_expires_at_idx ON platform_revoked_tokens (expires_at);

-- Access tokens that were issued to the user earlier are refused.
ALTER TABLE platform_users ADD COLUMN tokens_valid_from TIMESTAMP;
