using System.Text.Json;
using BenchmarkDotNet.Attributes;
using PyAirtable.Automation.Scheduling;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;

namespace PyAirtable.Bench.Micro;

/// <summary>Workflows: their bodies and records, templates of their steps, and the next time of their cron expressions.</summary>
[MemoryDiagnoser]
public class WorkflowBenchmarks : IDisposable
{
    private const string Config =
        """{"steps":[{"type":"log","message":"run {execution_id} of {workflow_id} for {customer}"},{"type":"condition","condition":"{amount} > 100"},{"type":"log","name":"end","message":"done"}]}""";

    private static readonly byte[] Body = System.Text.Encoding.UTF8.GetBytes(
        $$"""{"name":"Every morning","description":"Looks for new customers.","config":{{Config}},"triggers":[{"type":"file_upload","file_extensions":[".pdf"]}],"cron_expression":"30 8 * * mon-fri"}""");

    private static readonly DateTime Time = new(2025, 1, 3, 10, 0, 0);
    private static readonly Dictionary<string, IStep> Kinds = new() { ["log"] = new LogStep(), ["condition"] = new ConditionStep() };
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly JsonElement Data = JsonElement.Parse("""{"fields":{"Name":"{customer}","Amount":"{amount}","Run":"{execution_id}"},"note":"of {created_at}"}""");

    private readonly JsonOutput _output = new();
    private readonly CronSchedule _schedule = CronSchedule.TryParse("30 8 1,15 * mon-fri")!;
    private readonly StepContext _context = new(new ExecutionJob { Id = 4711, WorkflowId = 7, TriggerData = """{"customer":"Ada","amount":120}""", CreatedAt = Time }, TimeProvider.System);
    private readonly Workflow _workflow = new() { Id = 7, Name = "Every morning", Config = Config, CronExpression = "30 8 * * mon-fri", NextRun = Time, CreatedAt = Time, UpdatedAt = Time };
    private readonly Execution _execution = new()
    {
        Id = 4711, WorkflowId = 7, Status = ExecutionStatus.Completed, Result = """{"steps_completed":3}""", Logs = "Step 1: end", StartedAt = Time, CompletedAt = Time, Duration = 0.01, CreatedAt = Time, UpdatedAt = Time,
    };

    [Benchmark]
    public int ReadWorkflow() => WorkflowBody.ReadNew(JsonBody.Parse(Body.AsSpan(), isJson: true).Fields(new ValidationErrors()), Time).Config.Length;

    [Benchmark]
    public int WriteWorkflow() => _output.Write((Message: (string?)null, Workflow: _workflow), WorkflowJson.WriteReply);

    [Benchmark]
    public int WriteExecution() => _output.Write(_execution, static (json, execution) =>
    {
        json.WritePropertyName("execution"u8);
        ExecutionJson.Write(json, execution);
    });

    [Benchmark]
    public int ReadPlan() => WorkflowPlan.Parse(Config, Kinds).Steps.Count;

    [Benchmark]
    public string FillText() => _context.Fill("run {execution_id} of {workflow_id} for {customer}, who paid {amount}");

    [Benchmark]
    public byte[] FillJson() => FilledJson.Of(Data, _context);

    [Benchmark]
    public object? ReadCron() => CronSchedule.TryParse("30 8 1,15 * mon-fri");

    [Benchmark]
    public DateTime? NextCron() => _schedule.NextAfter(Time, Zone);

    public void Dispose()
    {
        _output.Dispose();
        GC.SuppressFinalize(this);
    }
}
