using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Automation.Documentation;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Files.ObjectStorage;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Outbound;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Scheduling;
using PyAirtable.Automation.Statistics;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.TextExtraction.Isolation;
using PyAirtable.Automation.Triggers;
using PyAirtable.Automation.Upstreams;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.Metrics;
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

    private static readonly MigrationSet Migrations = new("automation", typeof(AutomationModule).Assembly, "Migrations/");

    private readonly AutomationSettings _settings;
    private readonly ProcessContext _process;
    private readonly Database _database;
    private readonly ApiKeys _keys;
    private readonly UpstreamConnections _upstreams;

    /// <summary>Composes it; nothing is opened yet.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="process">What all modules share.</param>
    /// <param name="database">Where its rows are.</param>
    /// <param name="extractor">Executable and first arguments of the process that extracts text; this executable itself when null.</param>
    public AutomationModule(AutomationSettings settings, ProcessContext process, Database database, IReadOnlyList<string>? extractor = null)
    {
        (_settings, _process, _database) = (settings, process, database);
        _keys = new ApiKeys(settings.ClientKeys);
        var clock = process.Clock;
        var log = process.Log.CreateLogger("automation");

        // Storage.
        var folder = new UploadFolder(settings.UploadDirectory);
        var storage = StorageOf(settings.ObjectStorage, folder);
        var files = new FileStore(database);
        var workflows = new WorkflowStore(database);
        var commits = new ExecutionCommits(IExecutionBatches.For(database), clock);
        var executions = new ExecutionStore(database, commits);
        var jobs = new ExecutionJobStore(database);

        // Workers.
        var events = new EventAnnouncer(process.Events, Name, clock, log);
        var toExtract = new WorkSignal();
        var toRun = new WorkSignal();
        var notices = new ExecutionNotices(toRun);
        _upstreams = process.Own(new UpstreamConnections(settings.UpstreamKey));
        var outbound = process.Own(new OutboundClient(new AddressRules(settings.AllowedOutboundHosts), Dns.GetHostAddressesAsync, clock));
        var steps = StepKinds.Create(settings, files, toExtract, _upstreams, outbound, clock);
        var child = new ExtractionProcess(extractor ?? ExtractionProcess.Self, settings.ExtractionMemory, settings.ExtractionTimeout, settings.PdfMaxPages, log);
        var extraction = Work(new ExtractionQueue(files, storage, new ExtractionRunner(child, settings.ExtractionTimeout, clock), new ExtractionMetrics(process.Metrics), toRun, events, clock, log), toExtract);
        var metrics = new ExecutionMetrics(process.Metrics);
        var runs = new WorkflowRun(files, new StepRunner(metrics, clock, log), settings.ExecutionTimeout, clock);
        var engine = process.Own(new ExecutionEngine(
            jobs, executions, commits, runs, steps, notices, new EngineOptions(settings.Workers, settings.QueueSize, settings.WorkflowConcurrency, Grace), events, metrics, clock, log));
        var planned = new WorkSignal();
        var scheduler = new Scheduler(new ScheduleStore(database), planned, notices, settings.Schedule, clock, log);
        Workers =
        [
            process.Own(new AbandonedLeases(database, clock)),
            extraction,
            engine,
            scheduler,
            new EventTriggers(process.Events, new TriggerStore(database), toRun, clock),
            new HistorySweep(new HistoryStore(database), settings.Schedule, clock, log),
            process.Own(new UploadSweep(folder, storage, files, clock, log)),
            .. ListenFor(notices, log),
        ];

        process.Metrics.AddDiskSpace("uploads", settings.UploadDirectory);
        process.Metrics.AddGauge("pyairtable_extractions_running", "Text extractions that run.", () => extraction.Running);
        process.Metrics.AddGauge("pyairtable_workflows_running", "Workflow executions that run.", () => engine.Running);
        process.Metrics.AddGauge("pyairtable_workflows_pending", "Workflow executions that wait in the database, counted every few seconds, up to 100000.", () => engine.Pending);
        process.Metrics.AddGauge("pyairtable_workflows_claimed", "Workflow executions that this process has claimed and not begun.", () => engine.Claimed);

        // Routes, and the policies around them.
        var failures = new Failures(log);
        Routes = Map(
            failures,
            new ServiceEndpoints(database, () => extraction.IsRunning && engine.IsRunning && scheduler.IsRunning),
            new UploadEndpoint(folder, storage, new UploadRules(settings.AllowedExtensions, settings.MaxFileSize), files, toRun, clock, log),
            new FileEndpoints(files, storage, clock),
            new ProcessingEndpoints(files, toExtract, clock),
            new WorkflowEndpoints(workflows, notices, planned, settings.Schedule.Zone, clock),
            new ExecutionEndpoints(executions, notices, clock),
            new StatisticsEndpoints(new StatisticsStore(database), clock),
            new CronEndpoint(settings.Schedule.Zone, clock));
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
    public long MaxRequestBodyBytes => _settings.MaxFileSize + WorkflowEndpoints.MaxBodyBytes;

    /// <inheritdoc/>
    public RequestHandler Handler { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ReadinessCheck> ReadinessChecks => [new("database", _database.PingAsync)];

    /// <inheritdoc/>
    public IReadOnlyList<IHostedService> Workers { get; }

    internal RouteTable Routes { get; }

    private Migrator Migrator => new(_database, _process.Log, _process.Clock);

    private TimeSpan Grace => _process.Settings.ShutdownTimeout is var limit && limit > HandBackTime ? limit - HandBackTime : TimeSpan.Zero;

    /// <inheritdoc/>
    public IEnumerable<SettingEntry> Reload(SettingsReader settings, IReadOnlyList<SettingEntry> changed)
    {
        if (settings.Kept<AutomationSettings>() is { } next)
        {
            _keys.Replace(next.ClientKeys);
            _upstreams.Key = next.UpstreamKey;
        }
        return changed.Where(static entry => entry is { Section: AutomationSettings.Section, Name: "API_KEY" or "API_KEYS" });
    }

    /// <inheritdoc/>
    public Task<int> MigrateAsync(TextWriter output, CancellationToken cancel) =>
        Migrator.ApplyAsync([Migrations], output, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PlannedMigration>> PlanMigrationsAsync(CancellationToken cancel) => Migrator.PlanAsync([Migrations], cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CheckMigrationsAsync(CancellationToken cancel) => Migrator.CheckAsync([Migrations], cancel);

    /// <inheritdoc/>
    public Stream OpenOpenApi() => OpenApiDocument.Open<AutomationModule>();

    private ExtractionWorker Work(ExtractionQueue queue, WorkSignal signal) =>
        _process.Own(new ExtractionWorker(queue, signal, _settings.Workers, Grace, _process.Clock, _process.Log.CreateLogger("automation.jobs")));

    private IFileStorage StorageOf(ObjectStorageSettings? objects, UploadFolder folder)
    {
        if (objects is null)
        {
            return new FolderStorage(folder);
        }
        var connections = _process.Own(new StorageConnections());
        IAccessKeySource keys = objects.Keys is { } given ? new GivenKeys(given) : _process.Own(new ContainerKeys(objects.Container!, connections, _process.Clock));
        return new BucketStorage(new BucketClient(objects.Bucket, keys, connections, _process.Clock), objects.Bucket, folder);
    }

    // Other processes can be heard on PostgreSQL only.
    private IEnumerable<IHostedService> ListenFor(ExecutionNotices notices, ILogger log) =>
        _database.Engine == DatabaseEngine.PostgreSql ? [new PostgresNotices(_database, notices, _process.Clock, log)] : [];

    private static RouteTable Map(
        Failures failures,
        ServiceEndpoints service,
        UploadEndpoint upload,
        FileEndpoints files,
        ProcessingEndpoints processing,
        WorkflowEndpoints workflows,
        ExecutionEndpoints executions,
        StatisticsEndpoints statistics,
        CronEndpoint cron)
    {
        var receive = failures.Named("File upload failed", upload.UploadAsync);
        var listExecutions = failures.Named("Failed to list executions", executions.ListAllAsync);
        return new RouteTable { AllowsFirstMethodOnly = true }
            .Get("/", ServiceEndpoints.RootAsync)
            .Get("/health", service.HealthAsync)
            .Get("/openapi.json", OpenApiDocument.GetAsync<AutomationModule>)
            .Get("/docs", new DocumentationPage().GetAsync)

            .Post("/files/upload", receive)
            .Get("/files", files.ListAsync)
            .Get("/files/stats/summary", statistics.FilesAsync)
            .Get("/files/{file_id}", files.GetAsync)
            .Post("/files/process/{file_id}", processing.ProcessAsync)
            .Get("/files/extract/{file_id}", processing.ExtractAsync)
            .Delete("/files/{file_id}", failures.Named("File deletion failed", files.DeleteAsync))

            .Post("/workflows", failures.Named("Failed to create workflow", workflows.CreateAsync))
            .Get("/workflows", failures.Named("Failed to list workflows", workflows.ListAsync))
            .Get("/workflows/executions", listExecutions)
            .Get("/workflows/executions/{execution_id}", executions.GetAsync)
            .Post("/workflows/executions/{execution_id}/cancel", failures.Named("Failed to cancel execution", executions.CancelAsync))
            .Post("/workflows/executions/{execution_id}/retry", failures.Named("Failed to retry execution", executions.RetryAsync))
            .Post("/workflows/validate-cron", cron.ValidateAsync)
            .Get("/workflows/stats/summary", failures.Named("Failed to get statistics", statistics.WorkflowsAsync))
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
