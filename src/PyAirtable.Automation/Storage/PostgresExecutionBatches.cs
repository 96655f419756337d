using Npgsql;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>Batches on PostgreSQL: one statement for all writes of a kind, all statements in one round trip; claims take two more.</summary>
internal sealed class PostgresExecutionBatches(Database database) : IExecutionBatches
{
    /// <summary>
    /// Statements of this transaction read the queue by its index, which has its order, and single rows by their ids. By what the server
    /// knows of the table, mostly from a moment without pending rows, each index would do for each statement, and it would go through
    /// all that is pending; and plans that are made while the table is small are kept when it is large.
    /// </summary>
    public const string KeepToIndexes = """
        SELECT set_config(name, 'off', true)
        FROM unnest(ARRAY['enable_seqscan', 'enable_bitmapscan', 'enable_sort', 'enable_hashjoin', 'enable_mergejoin', 'jit']) AS setting (name)
        """;

    // In the order of ids, in every transaction and before any execution's row, so that two cannot wait for each other.
    private const string LockWorkflows = "SELECT id, status, is_enabled FROM workflows WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE";

    private const string InsertTriggered = """
        INSERT INTO workflow_executions (workflow_id, status, trigger_type, trigger_data, result, created_at, updated_at)
        SELECT t.workflow, 'PENDING', 'manual', t.data::json, '{}'::json, t.at, t.at
        FROM unnest($1, $2, $3) WITH ORDINALITY AS t (workflow, data, at, place)
        JOIN workflows AS w ON w.id = t.workflow AND w.status = 'ACTIVE' AND w.is_enabled
        ORDER BY t.place
        RETURNING id
        """;

    private const string UpdateRuns = """
        WITH done AS (
          UPDATE workflow_executions AS e
          SET status = r.status, started_at = r.started, logs = coalesce(e.logs, '') || r.lines, result = coalesce(r.result::json, e.result), error_message = r.error,
              completed_at = r.completed, duration = r.duration, updated_at = r.at,
              lease_owner = CASE WHEN r.completed IS NULL THEN e.lease_owner END, lease_expires_at = CASE WHEN r.completed IS NULL THEN e.lease_expires_at END
          FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS r (id, claim, status, started, lines, result, error, completed, duration, at)
          WHERE e.id = r.id AND e.claim = r.claim AND e.status NOT IN ('COMPLETED', 'FAILED', 'CANCELLED')
          RETURNING e.id, e.workflow_id, e.status, e.completed_at),
        counted AS (
          UPDATE workflows AS w
          SET execution_count = w.execution_count + c.runs, success_count = w.success_count + c.successes, failure_count = w.failure_count + c.runs - c.successes,
              last_execution_at = c.latest, updated_at = c.latest
          FROM (SELECT workflow_id, count(*) AS runs, count(*) FILTER (WHERE status = 'COMPLETED') AS successes, max(completed_at) AS latest
                FROM done WHERE status IN ('COMPLETED', 'FAILED') GROUP BY workflow_id) AS c
          WHERE w.id = c.workflow_id)
        SELECT id FROM done
        """;

    private const string PutSteps = """
        INSERT INTO workflow_execution_steps (execution_id, path, type, name, status, input, output, error, attempts, started_at, completed_at)
        SELECT s.execution, s.path, s.type, s.name::json, s.status, s.input::json, s.output::json, s.error, s.attempts, s.started, s.completed
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS s (execution, claim, path, type, name, status, input, output, error, attempts, started, completed)
        JOIN workflow_executions AS e ON e.id = s.execution AND e.claim = s.claim
        ON CONFLICT (execution_id, path) DO UPDATE
        SET type = excluded.type, name = excluded.name, status = excluded.status, input = excluded.input, output = excluded.output, error = excluded.error,
            attempts = excluded.attempts, started_at = excluded.started_at, completed_at = excluded.completed_at
        """;

    private const string Renew = "UPDATE workflow_executions SET lease_expires_at = $3 WHERE id = ANY ($1) AND lease_owner = $2";

    // A workflow that another process writes to is left to it, or to the next look.
    private const string LockFree = "SELECT id, config FROM workflows WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED";

    // A workflow's executions are run by one process at a time. Its row is locked by now, so nobody else claims them meanwhile. The order
    // is that of ids, in words that only the index of what is pending has: by ids alone the server may go through all that has ended.
    private const string Claim = """
        WITH chosen AS MATERIALIZED (
          SELECT c.id FROM unnest($3, $4) AS w (id, quota)
          CROSS JOIN LATERAL (
            SELECT p.id FROM workflow_executions AS p
            WHERE p.workflow_id = w.id AND p.status = 'PENDING' AND (p.lease_expires_at IS NULL OR p.lease_expires_at < $5)
            ORDER BY p.id + 0 LIMIT w.quota FOR UPDATE SKIP LOCKED) AS c
          WHERE NOT EXISTS (
            SELECT 1 FROM workflow_executions AS o
            WHERE o.workflow_id = w.id AND o.lease_owner IS NOT NULL AND o.lease_owner <> $1 AND o.lease_expires_at >= $5))
        UPDATE workflow_executions AS e SET claim = e.claim + 1, lease_owner = $1, lease_expires_at = $2
        FROM chosen WHERE e.id = chosen.id
        RETURNING e.id, e.workflow_id, e.claim, e.trigger_data, e.triggered_file_id, e.created_at
        """;

    /// <inheritdoc/>
    public Task ApplyAsync(ExecutionBatch batch, CancellationToken cancel) => database.WriteAsync(
        async (connection, transaction, token) =>
        {
            await WriteAsync((NpgsqlConnection)connection, (NpgsqlTransaction)transaction, batch, token);
            foreach (var claim in batch.Claims)
            {
                await ClaimAsync((NpgsqlConnection)connection, (NpgsqlTransaction)transaction, claim, token);
            }
        },
        cancel);

    /// <summary>Whatever the server says, but for what lies in the server itself: connection (08), read-only (25), resources (53), shutdown (57), system (58).</summary>
    public bool IsRefusal(Exception error) => error is PostgresException { SqlState: var state } && state[..2] is not ("08" or "25" or "53" or "57" or "58");

    private static async Task WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ExecutionBatch batch, CancellationToken cancel)
    {
        await using var commands = new NpgsqlBatch(connection, transaction);
        Add(commands, KeepToIndexes);
        Add(commands, LockWorkflows, PostgresColumns.Integers(batch.Workflows));
        AddTriggers(commands, batch.Triggers);
        AddRuns(commands, batch.Runs);
        if (batch.Renewal is { } renewal)
        {
            Add(commands, Renew, PostgresColumns.Integers(renewal.Executions), PostgresColumns.Text(renewal.Owner), PostgresColumns.Time(renewal.Until));
        }
        await using var reader = await commands.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var states = new Dictionary<int, (string Status, bool IsEnabled)>();
        while (await reader.ReadAsync(cancel))
        {
            states[reader.GetInt32(0)] = (reader.GetString(1), reader.GetBoolean(2));
        }
        await ReadTriggersAsync(reader, batch.Triggers, states, cancel);
        await ReadRunsAsync(reader, batch.Runs, cancel);
        while (await reader.NextResultAsync(cancel))
        {
            // What the other statements say is only whether they were done.
        }
    }

    private static void AddTriggers(NpgsqlBatch commands, IReadOnlyList<TriggerWrite> triggers)
    {
        if (triggers.Count > 0)
        {
            var executions = triggers.Select(static trigger => trigger.Execution).ToList();
            Add(
                commands,
                InsertTriggered,
                PostgresColumns.Integers(executions, static execution => execution.WorkflowId),
                PostgresColumns.Texts(executions, static execution => execution.TriggerData),
                PostgresColumns.Times(executions, static execution => execution.CreatedAt));
            Add(commands, PostgresNotices.NotifyWork);
        }
    }

    private static void AddRuns(NpgsqlBatch commands, IReadOnlyList<RunWrite> runs)
    {
        if (runs.Count == 0)
        {
            return;
        }
        Add(
            commands,
            UpdateRuns,
            PostgresColumns.Integers(runs, static run => run.Job.Id),
            PostgresColumns.Integers(runs, static run => run.Job.Claim),
            PostgresColumns.Texts(runs, static run => run.Status),
            PostgresColumns.Times(runs, static run => run.StartedAt),
            PostgresColumns.Texts(runs, static run => run.Lines),
            PostgresColumns.Texts(runs, static run => run.Outcome?.Result),
            PostgresColumns.Texts(runs, static run => run.Error),
            PostgresColumns.Times(runs, static run => run.CompletedAt),
            PostgresColumns.Doubles(runs, static run => run.Duration),
            PostgresColumns.Times(runs, static run => run.Now));
        var steps = runs.SelectMany(static run => run.Steps, static (run, step) => (run.Job, Step: step)).ToList();
        if (steps.Count > 0)
        {
            Add(
                commands,
                PutSteps,
                PostgresColumns.Integers(steps, static row => row.Job.Id),
                PostgresColumns.Integers(steps, static row => row.Job.Claim),
                PostgresColumns.Texts(steps, static row => row.Step.Path),
                PostgresColumns.Texts(steps, static row => RunWrite.Clean(row.Step.Type)),
                PostgresColumns.Texts(steps, static row => row.Step.Name),
                PostgresColumns.Texts(steps, static row => row.Step.Status),
                PostgresColumns.Texts(steps, static row => row.Step.Input),
                PostgresColumns.Texts(steps, static row => row.Step.Output),
                PostgresColumns.Texts(steps, static row => RunWrite.Clean(row.Step.Error)),
                PostgresColumns.Integers(steps, static row => row.Step.Attempts),
                PostgresColumns.Times(steps, static row => row.Step.StartedAt),
                PostgresColumns.Times(steps, static row => row.Step.CompletedAt));
        }
    }

    private static async Task ReadTriggersAsync(NpgsqlDataReader reader, IReadOnlyList<TriggerWrite> triggers, Dictionary<int, (string Status, bool IsEnabled)> states, CancellationToken cancel)
    {
        if (triggers.Count == 0)
        {
            return;
        }
        await reader.NextResultAsync(cancel);
        foreach (var trigger in triggers)
        {
            var (status, isEnabled) = states.GetValueOrDefault(trigger.Execution.WorkflowId);
            if (trigger.Accept(status, isEnabled))
            {
                trigger.Stored(await reader.ReadAsync(cancel) ? reader.GetInt32(0) : throw new InvalidOperationException("fewer executions were stored than were accepted"));
            }
        }
        await reader.NextResultAsync(cancel);
    }

    private static async Task ReadRunsAsync(NpgsqlDataReader reader, IReadOnlyList<RunWrite> runs, CancellationToken cancel)
    {
        if (runs.Count == 0)
        {
            return;
        }
        await reader.NextResultAsync(cancel);
        var written = new HashSet<int>();
        while (await reader.ReadAsync(cancel))
        {
            written.Add(reader.GetInt32(0));
        }
        foreach (var run in runs)
        {
            run.IsLost = !written.Contains(run.Job.Id);
        }
    }

    private static async Task ClaimAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ClaimWrite claim, CancellationToken cancel)
    {
        await using (var locking = new NpgsqlCommand(LockFree, connection, transaction) { Parameters = { PostgresColumns.Integers(claim.Workflows) } })
        await using (var reader = await locking.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                claim.Configs[reader.GetInt32(0)] = reader.GetString(1);
            }
        }
        var (workflows, quotas) = claim.Share([.. claim.Configs.Keys.Order()]);
        if (workflows.Length == 0)
        {
            claim.Take([], workflows, quotas);
            return;
        }
        await using var claiming = new NpgsqlCommand(Claim, connection, transaction)
        {
            Parameters = { PostgresColumns.Text(claim.Owner), PostgresColumns.Time(claim.Until), PostgresColumns.Integers(workflows), PostgresColumns.Integers(quotas), PostgresColumns.Time(claim.Now) },
        };
        await using var rows = await claiming.ExecuteReaderAsync(cancel);
        var jobs = new List<ExecutionJob>();
        while (await rows.ReadAsync(cancel))
        {
            jobs.Add(ClaimWrite.ReadJob(rows));
        }
        claim.Take(jobs, workflows, quotas);
    }

    private static void Add(NpgsqlBatch commands, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }
        commands.BatchCommands.Add(command);
    }
}
