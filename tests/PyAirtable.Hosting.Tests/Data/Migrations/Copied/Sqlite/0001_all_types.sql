CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  owner INTEGER NOT NULL REFERENCES owners (id),
  note VARCHAR(100)
);
CREATE TABLE owners (
  id INTEGER PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  size BIGINT NOT NULL,
  score DOUBLE PRECISION,
  active BOOLEAN NOT NULL,
  extra TEXT NOT NULL,
  made_at TIMESTAMP NOT NULL,
  seen_at TIMESTAMP
);
CREATE TABLE revoked (
  jti TEXT PRIMARY KEY,
  why TEXT
);
CREATE TABLE owner_rollups (
  name VARCHAR(100) PRIMARY KEY,
  through BIGINT NOT NULL
);
INSERT INTO owner_rollups VALUES ('owners', 7);
CREATE TABLE owner_index (
  word VARCHAR(100) PRIMARY KEY
);
INSERT INTO owner_index VALUES ('Ada');
CREATE TABLE hours (
  name VARCHAR(100) NOT NULL,
  hour TIMESTAMP NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (name, hour)
);
