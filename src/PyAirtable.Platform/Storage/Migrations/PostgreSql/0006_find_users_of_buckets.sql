-- Who was there since a bucket is read from the index alone: each user's row is written anew with every bucket, so the table is mostly
-- what is left of former ones.
CREATE INDEX IF NOT EXISTS ix_platform_rollup_users_last ON platform_rollup_users (bucket, user_id);
DROP INDEX IF EXISTS ix_platform_rollup_users_bucket;
