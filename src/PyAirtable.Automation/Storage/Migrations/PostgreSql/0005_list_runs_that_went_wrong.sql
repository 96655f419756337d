-- Of one workflow, runs that went wrong are found by an index of their own: they are few, and a run that goes well does not pay for them. An
-- index of all statuses had a place for each workflow and status to be written to at every run, the more of them the more runs are stored.
CREATE INDEX ix_workflow_executions_workflow_wrong ON workflow_executions (workflow_id, status, created_at, id) WHERE status IN ('FAILED', 'CANCELLED');
DROP INDEX ix_workflow_executions_workflow_status;

-- The order in which runs are claimed, so written that no other index has it.
DROP INDEX ix_workflow_executions_pending_of;
CREATE INDEX ix_workflow_executions_pending_of ON workflow_executions (workflow_id, (id + 0)) WHERE status = 'PENDING';
