-- What keeps reads of analytics flat as rows grow: see docs/analytics.md.
CREATE INDEX IF NOT EXISTS ix_platform_analytics_events_time ON platform_analytics_events (timestamp, id);
CREATE INDEX IF NOT EXISTS ix_platform_analytics_events_user ON platform_analytics_events (user_id, timestamp, id) WHERE user_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS ix_platform_analytics_metrics_time ON platform_analytics_metrics (timestamp, id);
CREATE INDEX IF NOT EXISTS ix_platform_analytics_metrics_name ON platform_analytics_metrics (metric_name, timestamp, id);
CREATE INDEX IF NOT EXISTS ix_platform_analytics_metrics_user ON platform_analytics_metrics (user_id, timestamp, id) WHERE user_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS ix_platform_analytics_metrics_service ON platform_analytics_metrics (service_name, timestamp, id) WHERE service_name IS NOT NULL;
CREATE INDEX IF NOT EXISTS ix_platform_analytics_usage_user ON platform_analytics_usage (user_id, date);
CREATE INDEX IF NOT EXISTS ix_platform_analytics_usage_date ON platform_analytics_usage (date);

-- How far each roll-up goes: the highest id of its table that is in it.
CREATE TABLE IF NOT EXISTS platform_rollups (
  name VARCHAR(20) NOT NULL,
  folded_through BIGINT NOT NULL,
  PRIMARY KEY (name)
);
INSERT INTO platform_rollups (name, folded_through) VALUES ('events', 0), ('metrics', 0) ON CONFLICT (name) DO NOTHING;

-- A bucket is ten minutes, named by its first moment.
CREATE TABLE IF NOT EXISTS platform_rollup_events (
  bucket TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  event_type VARCHAR(100) NOT NULL,
  events BIGINT NOT NULL,
  PRIMARY KEY (bucket, event_type)
);

-- The bucket of each user's last event.
CREATE TABLE IF NOT EXISTS platform_rollup_users (
  user_id INTEGER NOT NULL,
  bucket TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  PRIMARY KEY (user_id)
);
CREATE INDEX IF NOT EXISTS ix_platform_rollup_users_bucket ON platform_rollup_users (bucket);

CREATE TABLE IF NOT EXISTS platform_rollup_api_calls (
  bucket TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  api_calls DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (bucket)
);

CREATE TABLE IF NOT EXISTS platform_rollup_endpoints (
  bucket TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  endpoint VARCHAR(255) NOT NULL,
  metrics BIGINT NOT NULL,
  PRIMARY KEY (bucket, endpoint)
);
