CREATE TABLE IF NOT EXISTS platform_users (
  id SERIAL NOT NULL,
  email VARCHAR(255) NOT NULL,
  password_hash VARCHAR(255) NOT NULL,
  is_active BOOLEAN NOT NULL,
  created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  first_name VARCHAR(100),
  last_name VARCHAR(100),
  meta_data JSON NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (email)
);

-- Not unique: rows made by the Python service may differ in case only.
CREATE INDEX IF NOT EXISTS platform_users_lower_email_idx ON platform_users (lower(email));
