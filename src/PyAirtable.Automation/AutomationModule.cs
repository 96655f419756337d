using Microsoft.Extensions.Hosting;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Scheduling;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.OpenApi;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Automation;

/// <summary>
/// The automation service: files and their text, workflows and their runs. A request writes a row and wakes a worker; the worker claims
/// the row, does the work, and writes the outcome to it.
/// </summary>
public sealed class AutomationModule : IServiceModule
{
    // Of the time that a stop has, what is left for handing back the work that the grace did not see done.
    private static readonly TimeSpan HandBackTime = TimeSpan.FromSeconds(2);

    private readonly AutomationSettings _settings;
    private readonly ProcessContext _process;
    private readonly Database _database;
    private readonly ApiKeys _keys;

    /// <summary>Composes it; nothing is opened yet.</summary>
    public AutomationModule(AutomationSettings settings, ProcessContext process, Database database)
    {
        (_settings, _process, _database) = (settings, process, database);
        _keys = new ApiKeys(settings.ClientKeys);
        var clock = process.Clock;
        var log = process.Log.CreateLogger("automation");

        // Storage.
        var folder = new UploadFolder(settings.UploadDirectory);
        var files = new FileStore(database);
        var workflows = new WorkflowStore(database);
        var executions = new ExecutionStore(database);
        var jobs = new ExecutionJobStore(database);

        // Workers.
        var events = new EventAnnouncer(process.Events, Name, clock, log);
        var toExtract = new WorkSignal();
        var toRun = new WorkSignal();
        var steps = new Dictionary<string, IStep> { ["log"] = new LogStep(), ["condition"] = new ConditionStep() };
        var extraction = Work(new ExtractionQueue(files, folder, new TextExtractors(settings.ExtractionTimeout, clock, settings.PdfMaxPages), events, clock), toExtract);
        var running = Work(new ExecutionQueue(jobs, new WorkflowRun(workflows, jobs, steps, settings.ExecutionTimeout, clock, log), events, clock), toRun);
        Workers = [extraction, running, process.Own(new UploadSweep(folder, files, clock, log))];

        process.Metrics.AddGauge("pyairtable_extractions_running", "Text extractions that run.", () => extraction.Running);
        process.Metrics.AddGauge("pyairtable_workflows_running", "Workflow executions that run.", () => running.Running);

        // Routes, and the policies around them.
        var failures = new Failures(log);
        Routes = Map(
            failures,
            new ServiceEndpoints(database, () => extraction.IsRunning && running.IsRunning),
            new UploadEndpoint(folder, new UploadRules(settings.AllowedExtensions, settings.MaxFileSize), files, clock),
            new FileEndpoints(files, folder, clock),
            new ProcessingEndpoints(files, toExtract, clock),
            new WorkflowEndpoints(workflows, clock),
            new ExecutionEndpoints(executions, toRun, clock),
            new CronEndpoint(clock));
        var cors = new Cors(new CorsOptions
        {
            Origins = settings.AllowedOrigins,
            Methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
            Credentials = true,
        });
        Handler = failures.Unhandled(new HostCheck(settings.AllowedHosts).Wrap(cors.Wrap(KeyCheck.Wrap(_keys, Routes.DispatchAsync))));
    }

    /// <inheritdoc/>
    public string Name => "automation";

    /// <inheritdoc/>
    public ListenSettings Listen => _settings.Listen;

    /// <inheritdoc/>
    public long MaxRequestBodyBytes => WorkflowEndpoints.MaxBodyBytes;

    /// <inheritdoc/>
    public RequestHandler Handler { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ReadinessCheck> ReadinessChecks => [new("database", _database.PingAsync)];

    /// <inheritdoc/>
    public IReadOnlyList<IHostedService> Workers { get; }

    internal RouteTable Routes { get; }

    /// <inheritdoc/>
    public IEnumerable<SettingEntry> Reload(SettingsReader settings, IReadOnlyList<SettingEntry> changed)
    {
        if (settings.Kept<AutomationSettings>() is { } next)
        {
            _keys.Replace(next.ClientKeys);
        }
        return changed.Where(static entry => entry is { Section: AutomationSettings.Section, Name: "API_KEY" or "API_KEYS" });
    }

    /// <inheritdoc/>
    public Task<int> MigrateAsync(TextWriter output, CancellationToken cancel) =>
        new Migrator(_database, _process.Log, _process.Clock).ApplyAsync([new(Name, typeof(AutomationModule).Assembly, "Migrations/")], output, cancel);

    /// <inheritdoc/>
    public Stream OpenOpenApi() => OpenApiDocument.Open<AutomationModule>();

    private JobWorker<TJob> Work<TJob>(IJobQueue<TJob> queue, WorkSignal signal)
        where TJob : class
    {
        var limit = _process.Settings.ShutdownTimeout;
        var grace = limit > HandBackTime ? limit - HandBackTime : TimeSpan.Zero;
        return _process.Own(new JobWorker<TJob>(queue, signal, _settings.Workers, grace, _process.Clock, _process.Log.CreateLogger("automation.jobs")));
    }

    private static RouteTable Map(
        Failures failures,
        ServiceEndpoints service,
        UploadEndpoint upload,
        FileEndpoints files,
        ProcessingEndpoints processing,
        WorkflowEndpoints workflows,
        ExecutionEndpoints executions,
        CronEndpoint cron)
    {
        var receive = failures.Named("File upload failed", upload.UploadAsync);
        var listExecutions = failures.Named("Failed to list executions", executions.ListAllAsync);
        return new RouteTable { AllowsFirstMethodOnly = true }
            .Get("/", ServiceEndpoints.RootAsync)
            .Get("/health", service.HealthAsync)
            .Get("/openapi.json", OpenApiDocument.GetAsync<AutomationModule>)

            .Post("/files/upload", receive)
            .Get("/files", files.ListAsync)
            .Get("/files/{file_id}", files.GetAsync)
            .Post("/files/process/{file_id}", processing.ProcessAsync)
            .Get("/files/extract/{file_id}", processing.ExtractAsync)
            .Delete("/files/{file_id}", failures.Named("File deletion failed", files.DeleteAsync))

            .Post("/workflows", failures.Named("Failed to create workflow", workflows.CreateAsync))
            .Get("/workflows", failures.Named("Failed to list workflows", workflows.ListAsync))
            .Get("/workflows/executions", listExecutions)
            .Get("/workflows/executions/{execution_id}", executions.GetAsync)
            .Post("/workflows/validate-cron", cron.ValidateAsync)
            .Get("/workflows/{workflow_id}", workflows.GetAsync)
            .Put("/workflows/{workflow_id}", failures.Named("Failed to update workflow", workflows.UpdateAsync))
            .Delete("/workflows/{workflow_id}", failures.Named("Failed to delete workflow", workflows.DeleteAsync))
            .Post("/workflows/{workflow_id}/trigger", failures.Named("Failed to trigger workflow", executions.TriggerAsync))
            .Get("/workflows/{workflow_id}/executions", failures.Named("Failed to list executions", executions.ListOfWorkflowAsync))

            // The same without their prefix (automation contract 1.6).
            .Post("/upload", receive)
            .Post("/process/{file_id}", processing.ProcessAsync)
            .Get("/extract/{file_id}", processing.ExtractAsync)
            .Get("/executions", listExecutions)
            .Get("/executions/{execution_id}", executions.GetAsync)
            .Post("/validate-cron", cron.ValidateAsync);
    }
}
