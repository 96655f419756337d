-- What each step of an execution did, and executions that are claimed in numbers (automation contract 8.2). claim is the fencing
-- number: every claim, and whatever takes a claim away, makes it one more, and each write of a run names the one it was given.
ALTER TABLE workflow_executions ADD COLUMN claim integer NOT NULL DEFAULT 0;
ALTER TABLE workflow_executions ADD COLUMN cancel_requested boolean NOT NULL DEFAULT false;
CREATE INDEX ix_workflow_executions_leased ON workflow_executions (workflow_id) WHERE lease_owner IS NOT NULL;

-- Nothing reads by these any more, and every execution would pay for them.
DROP INDEX ix_workflow_executions_pending;
DROP INDEX ix_workflow_executions_running;

-- Rows come and go within milliseconds: the queue's index is swept before it has many dead entries.
ALTER TABLE workflow_executions SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- path is the step's number, and for steps within steps the numbers on the way to it: 3.1.
CREATE TABLE workflow_execution_steps (
  execution_id integer NOT NULL REFERENCES workflow_executions (id) ON DELETE CASCADE,
  path varchar(60) NOT NULL,
  type varchar(50) NOT NULL,
  name json NOT NULL,
  status varchar(10) NOT NULL,
  input json,
  output json,
  error text,
  attempts integer NOT NULL,
  started_at timestamptz NOT NULL,
  completed_at timestamptz,
  PRIMARY KEY (execution_id, path)
);
