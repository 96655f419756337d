CREATE TABLE IF NOT EXISTS platform_users (
  id INTEGER NOT NULL,
  email VARCHAR(255) NOT NULL,
  password_hash VARCHAR(255) NOT NULL,
  is_active BOOLEAN NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  first_name VARCHAR(100),
  last_name VARCHAR(100),
  meta_data TEXT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (email)
);

-- Not unique: rows made by other programs may differ in case only.
CREATE INDEX IF NOT EXISTS platform_users_lower_email_idx ON platform_users (lower(email));
