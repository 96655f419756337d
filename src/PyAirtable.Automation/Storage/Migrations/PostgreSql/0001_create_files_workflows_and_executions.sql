-- Files, workflows and executions (automation contract 5). Statuses are upper-case names. Extracted text stands last: rows of
-- lists are read without it.
CREATE TABLE files (
  id serial PRIMARY KEY,
  filename varchar(255) NOT NULL,
  original_filename varchar(255) NOT NULL,
  file_path text NOT NULL,
  file_size bigint NOT NULL,
  mime_type varchar(100) NOT NULL,
  file_hash varchar(64) NOT NULL,
  status varchar(10) NOT NULL,
  metadata json NOT NULL,
  processing_started_at timestamptz,
  processing_completed_at timestamptz,
  processing_error text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  lease_owner varchar(64),
  lease_expires_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  content text
);
CREATE UNIQUE INDEX ix_files_filename ON files (filename);
CREATE INDEX ix_files_file_hash ON files (file_hash);
CREATE INDEX ix_files_created_at ON files (created_at, id);
CREATE INDEX ix_files_status ON files (status, created_at, id);
CREATE INDEX ix_files_processing ON files (id) WHERE status = 'PROCESSING';

CREATE TABLE workflows (
  id serial PRIMARY KEY,
  name varchar(200) NOT NULL,
  description text,
  config json NOT NULL,
  triggers json NOT NULL,
  cron_expression varchar(100),
  next_run timestamptz,
  status varchar(10) NOT NULL,
  is_enabled boolean NOT NULL,
  execution_count integer NOT NULL DEFAULT 0,
  success_count integer NOT NULL DEFAULT 0,
  failure_count integer NOT NULL DEFAULT 0,
  last_execution_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX ix_workflows_name ON workflows (name);
CREATE INDEX ix_workflows_created_at ON workflows (created_at, id);
CREATE INDEX ix_workflows_status ON workflows (status, created_at, id);

CREATE TABLE workflow_executions (
  id serial PRIMARY KEY,
  workflow_id integer NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
  status varchar(10) NOT NULL,
  trigger_type varchar(50) NOT NULL,
  trigger_data json NOT NULL,
  triggered_file_id integer REFERENCES files (id),
  result json NOT NULL,
  error_message text,
  logs text,
  started_at timestamptz,
  completed_at timestamptz,
  duration double precision,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  lease_owner varchar(64),
  lease_expires_at timestamptz
);
CREATE INDEX ix_workflow_executions_created_at ON workflow_executions (created_at, id);
CREATE INDEX ix_workflow_executions_status ON workflow_executions (status, created_at, id);
CREATE INDEX ix_workflow_executions_workflow_id ON workflow_executions (workflow_id, created_at, id);
CREATE INDEX ix_workflow_executions_workflow_status ON workflow_executions (workflow_id, status, created_at, id);
CREATE INDEX ix_workflow_executions_triggered_file_id ON workflow_executions (triggered_file_id) WHERE triggered_file_id IS NOT NULL;
CREATE INDEX ix_workflow_executions_pending ON workflow_executions (id) WHERE status = 'PENDING';
CREATE INDEX ix_workflow_executions_pending_of ON workflow_executions (workflow_id, id) WHERE status = 'PENDING';
CREATE INDEX ix_workflow_executions_running ON workflow_executions (workflow_id) WHERE status = 'RUNNING';
