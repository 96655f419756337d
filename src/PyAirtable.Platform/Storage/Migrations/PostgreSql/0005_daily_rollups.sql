-- The same by days: a month has 4,320 buckets of ten minutes, each with all types and endpoints.
CREATE TABLE IF NOT EXISTS platform_rollup_daily_events (
  bucket TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  event_type VARCHAR(100) NOT NULL,
  events BIGINT NOT NULL,
  PRIMARY KEY (bucket, event_type)
);

CREATE TABLE IF NOT EXISTS platform_rollup_daily_endpoints (
  bucket TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  endpoint VARCHAR(255) NOT NULL,
  metrics BIGINT NOT NULL,
  PRIMARY KEY (bucket, endpoint)
);

INSERT INTO platform_rollup_daily_events (bucket, event_type, events)
SELECT date_trunc('day', bucket), event_type, sum(events) FROM platform_rollup_events GROUP BY 1, 2;

INSERT INTO platform_rollup_daily_endpoints (bucket, endpoint, metrics)
SELECT date_trunc('day', bucket), endpoint, sum(metrics) FROM platform_rollup_endpoints GROUP BY 1, 2;
