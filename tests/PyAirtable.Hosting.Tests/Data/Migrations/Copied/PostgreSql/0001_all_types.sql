CREATE TABLE runs (
  id serial PRIMARY KEY,
  owner integer NOT NULL,
  note varchar(100)
);
CREATE TABLE owners (
  id serial PRIMARY KEY,
  name varchar(100) NOT NULL,
  size bigint NOT NULL,
  score double precision,
  active boolean NOT NULL,
  extra json NOT NULL,
  made_at timestamp NOT NULL,
  seen_at timestamptz
);
ALTER TABLE runs ADD FOREIGN KEY (owner) REFERENCES owners (id);
CREATE TABLE revoked (
  jti uuid PRIMARY KEY,
  why text
);
CREATE TABLE owner_rollups (
  name varchar(100) PRIMARY KEY,
  through bigint NOT NULL
);
INSERT INTO owner_rollups VALUES ('owners', 0);
CREATE TABLE owner_index (
  word varchar(100) PRIMARY KEY
);
CREATE TABLE hours (
  name varchar(100) NOT NULL,
  hour timestamp NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (name, hour)
);
