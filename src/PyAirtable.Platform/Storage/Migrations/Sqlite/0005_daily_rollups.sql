-- The same by days: a month has 4,320 buckets of ten minutes, each with all types and endpoints.
CREATE TABLE IF NOT EXISTS platform_rollup_daily_events (
  bucket TIMESTAMP NOT NULL,
  event_type VARCHAR(100) NOT NULL,
  events BIGINT NOT NULL,
  PRIMARY KEY (bucket, event_type)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS platform_rollup_daily_endpoints (
  bucket TIMESTAMP NOT NULL,
  endpoint VARCHAR(255) NOT NULL,
  metrics BIGINT NOT NULL,
  PRIMARY KEY (bucket, endpoint)
) WITHOUT ROWID;

INSERT INTO platform_rollup_daily_events (bucket, event_type, events)
SELECT substr(bucket, 1, 10) || ' 00:00:00.000000', event_type, sum(events) FROM platform_rollup_events GROUP BY 1, 2;

INSERT INTO platform_rollup_daily_endpoints (bucket, endpoint, metrics)
SELECT substr(bucket, 1, 10) || ' 00:00:00.000000', endpoint, sum(metrics) FROM platform_rollup_endpoints GROUP BY 1, 2;
