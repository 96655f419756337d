-- As the Python service makes them (platform contract 3.3-3.5).
CREATE TABLE IF NOT EXISTS platform_analytics_events (
  id INTEGER NOT NULL,
  user_id INTEGER,
  event_type VARCHAR(100) NOT NULL,
  event_data TEXT NOT NULL,
  timestamp TIMESTAMP NOT NULL,
  session_id VARCHAR(255),
  ip_address VARCHAR(45),
  user_agent TEXT,
  PRIMARY KEY (id)
);

CREATE TABLE IF NOT EXISTS platform_analytics_metrics (
  id INTEGER NOT NULL,
  metric_name VARCHAR(100) NOT NULL,
  metric_value DOUBLE PRECISION NOT NULL,
  metric_type VARCHAR(50) NOT NULL,
  user_id INTEGER,
  service_name VARCHAR(100),
  endpoint VARCHAR(255),
  labels TEXT NOT NULL,
  timestamp TIMESTAMP NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE IF NOT EXISTS platform_analytics_usage (
  id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  api_calls_count INTEGER NOT NULL,
  tokens_used INTEGER NOT NULL,
  cost_usd DOUBLE PRECISION NOT NULL,
  date TIMESTAMP NOT NULL,
  period_type VARCHAR(20) NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  PRIMARY KEY (id)
);
