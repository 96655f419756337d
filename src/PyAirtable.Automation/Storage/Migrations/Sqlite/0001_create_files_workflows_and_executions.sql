-- Files, workflows and executions (automation contract 5). Statuses are upper-case names. Extracted text stands last: rows of
-- lists are read without it.
CREATE TABLE files (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  filename varchar(255) NOT NULL,
  original_filename varchar(255) NOT NULL,
  file_path text NOT NULL,
  file_size bigint NOT NULL,
  mime_type varchar(100) NOT NULL,
  file_hash varchar(64) NOT NULL,
  status varchar(10) NOT NULL,
  metadata text NOT NULL,
  processing_started_at text,
  processing_completed_at text,
  processing_error text,
  created_at text NOT NULL,
  updated_at text NOT NULL,
  lease_owner varchar(64),
  lease_expires_at text,
  attempts integer NOT NULL DEFAULT 0,
  content text
);
CREATE UNIQUE INDEX ix_files_filename ON files (filename);
CREATE INDEX ix_files_file_hash ON files (file_hash);
CREATE INDEX ix_files_created_at ON files (created_at, id);
CREATE INDEX ix_files_status ON files (status, created_at, id);
CREATE INDEX ix_files_processing ON files (id) WHERE status = 'PROCESSING';

CREATE TABLE workflows (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name varchar(200) NOT NULL,
  description text,
  config text NOT NULL,
  triggers text NOT NULL,
  cron_expression varchar(100),
  next_run text,
  status varchar(10) NOT NULL,
  is_enabled boolean NOT NULL,
  execution_count integer NOT NULL DEFAULT 0,
  success_count integer NOT NULL DEFAULT 0,
  failure_count integer NOT NULL DEFAULT 0,
  last_execution_at text,
  created_at text NOT NULL,
  updated_at text NOT NULL
);
CREATE INDEX ix_workflows_name ON workflows (name);
CREATE INDEX ix_workflows_created_at ON workflows (created_at, id);
CREATE INDEX ix_workflows_status ON workflows (status, created_at, id);

CREATE TABLE workflow_executions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workflow_id integer NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
  status varchar(10) NOT NULL,
  trigger_type varchar(50) NOT NULL,
  trigger_data text NOT NULL,
  triggered_file_id integer REFERENCES files (id),
  result text NOT NULL,
  error_message text,
  logs text,
  started_at text,
  completed_at text,
  duration double precision,
  created_at text NOT NULL,
  updated_at text NOT NULL,
  lease_owner varchar(64),
  lease_expires_at text
);
CREATE INDEX ix_workflow_executions_created_at ON workflow_executions (created_at, id);
CREATE INDEX ix_workflow_executions_status ON workflow_executions (status, created_at, id);
CREATE INDEX ix_workflow_executions_workflow_id ON workflow_executions (workflow_id, created_at, id);
CREATE INDEX ix_workflow_executions_workflow_status ON workflow_executions (workflow_id, status, created_at, id);
CREATE INDEX ix_workflow_executions_triggered_file_id ON workflow_executions (triggered_file_id) WHERE triggered_file_id IS NOT NULL;
CREATE INDEX ix_workflow_executions_pending ON workflow_executions (id) WHERE status = 'PENDING';
CREATE INDEX ix_workflow_executions_pending_of ON workflow_executions (workflow_id, id) WHERE status = 'PENDING';
CREATE INDEX ix_workflow_executions_running ON workflow_executions (workflow_id) WHERE status = 'RUNNING';
