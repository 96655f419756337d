CREATE INDEX ix_workflows_next_run ON workflows (next_run) WHERE status = 'ACTIVE' AND is_enabled AND cron_expression IS NOT NULL;
