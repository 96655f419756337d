-- As on PostgreSQL, where it saves reading the table; a copy from one engine to the other needs both to be as far.
CREATE INDEX IF NOT EXISTS ix_platform_rollup_users_last ON platform_rollup_users (bucket, user_id);
DROP INDEX IF EXISTS ix_platform_rollup_users_bucket;
