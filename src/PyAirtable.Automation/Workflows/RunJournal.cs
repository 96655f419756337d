using System.Globalization;
using System.Text;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;

namespace PyAirtable.Automation.Workflows;

/// <summary>
/// What one run has to store: lines of its log and records of its steps. They gather here until something must not happen before they are
/// on disk, and then go in one write; the last one is its end. A run may write from several branches at once.
/// </summary>
internal sealed class RunJournal(ExecutionJob job, ExecutionCommits commits, TimeProvider clock) : IDisposable
{
    // Of one run; a loop over many items has many lines.
    private const int MaxLog = 256 * 1024;
    private const int MaxError = 4 * 1024;
    private const string CutLog = "(further lines are left out)\n";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, StepRecord> _records = [];
    private readonly HashSet<string> _changed = [];
    private readonly StringBuilder _lines = new("Workflow execution started\n");
    private readonly SemaphoreSlim _saving = new(1, 1);
    private readonly DateTime _startedAt = WireTime.Now(clock);
    private int _logged;

    /// <summary>Takes over what earlier runs of the execution did.</summary>
    public void Keep(IReadOnlyList<StepRecord> earlier)
    {
        foreach (var record in earlier)
        {
            _records[record.Path] = record;
        }
    }

    /// <summary>The result of a step that is completed already; null when it is not, or is of another kind by now.</summary>
    public string? FindResult(string path, string type)
    {
        lock (_gate)
        {
            return _records.TryGetValue(path, out var record) && record.Status == StepRecord.Completed && record.Type == type ? record.Output : null;
        }
    }

    /// <summary>A step begins.</summary>
    public void Begin(string path, PlannedStep step)
    {
        lock (_gate)
        {
            Append($"Executing step {path}: {step.Shown}\n");
            var earlier = _records.GetValueOrDefault(path)?.Attempts ?? 0;
            Put(new StepRecord { Path = path, Type = step.Type, Name = BoundedJson.Cut(step.Name, MaxError), Input = step.Input, Attempts = earlier + 1, StartedAt = WireTime.Now(clock) });
        }
    }

    /// <summary>It failed, and is tried again after a wait.</summary>
    public void Retry(string path, string error, TimeSpan wait)
    {
        lock (_gate)
        {
            Append($"Step {path} failed: {error}; it is tried again in {wait.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s\n");
            var record = _records[path];
            Put(record with { Attempts = record.Attempts + 1, Error = BoundedJson.Text(error, MaxError) });
        }
    }

    /// <summary>It is done.</summary>
    public void Complete(string path, string output, string? input)
    {
        lock (_gate)
        {
            var record = _records[path];
            Put(record with { Status = StepRecord.Completed, Output = output, Input = input ?? record.Input, Error = null, CompletedAt = WireTime.Now(clock) });
        }
    }

    /// <summary>It failed for good.</summary>
    public void Fail(string path, string error, string? input)
    {
        lock (_gate)
        {
            Append($"Step {path} failed: {error}\n");
            var record = _records[path];
            Put(record with { Status = StepRecord.Failed, Input = input ?? record.Input, Error = BoundedJson.Text(error, MaxError), CompletedAt = WireTime.Now(clock) });
        }
    }

    /// <summary>Adds a line to the log.</summary>
    public void Log(string line)
    {
        lock (_gate)
        {
            Append(line);
        }
    }

    /// <summary>Stores all of this; returns once it is on disk.</summary>
    /// <exception cref="LeaseLostException">The run was taken away, cancelled or deleted.</exception>
    /// <exception cref="NotStoredException">The database did not store it.</exception>
    public async Task SaveAsync(CancellationToken cancel)
    {
        await _saving.WaitAsync(cancel);
        try
        {
            if (TakeWrite(outcome: null) is { } write)
            {
                await StoreAsync(write);
            }
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>Stores the rest of it and the run's end.</summary>
    /// <exception cref="LeaseLostException">The run was taken away, cancelled or deleted.</exception>
    /// <exception cref="NotStoredException">The database did not store it.</exception>
    public Task FinishAsync(ExecutionOutcome outcome)
    {
        lock (_gate)
        {
            foreach (var open in _records.Values.Where(static record => record.Status == StepRecord.Running).ToList())
            {
                var cancelled = outcome.Status == ExecutionStatus.Cancelled;
                Put(open with { Status = cancelled ? StepRecord.Cancelled : StepRecord.Failed, Error = cancelled ? null : outcome.Error, CompletedAt = WireTime.Now(clock) });
            }
            _lines.Append(outcome.LastLine);
        }
        return StoreAsync(TakeWrite(outcome)!);
    }

    public void Dispose() => _saving.Dispose();

    private void Put(StepRecord record)
    {
        _records[record.Path] = record;
        _changed.Add(record.Path);
    }

    private void Append(string line)
    {
        if (_logged <= MaxLog)
        {
            _logged += line.Length;
            _lines.Append(_logged <= MaxLog ? line : CutLog);
        }
    }

    private RunWrite? TakeWrite(ExecutionOutcome? outcome)
    {
        lock (_gate)
        {
            if (_lines.Length == 0 && _changed.Count == 0 && outcome is null)
            {
                return null;
            }
            var write = new RunWrite(job, _startedAt, _lines.ToString(), [.. _changed.Select(path => _records[path])], outcome, WireTime.Now(clock));
            _lines.Clear();
            _changed.Clear();
            return write;
        }
    }

    private async Task StoreAsync(RunWrite write)
    {
        try
        {
            await commits.AddAsync(write);
        }
        catch (Exception e)
        {
            throw new NotStoredException(e);
        }
        if (write.IsLost)
        {
            throw new LeaseLostException();
        }
    }
}
