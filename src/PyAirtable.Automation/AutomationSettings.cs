using PyAirtable.Automation.Files.ObjectStorage;
using PyAirtable.Automation.Outbound;
using PyAirtable.Automation.Scheduling;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Automation;

/// <summary>Settings of the automation service (automation contract 7).</summary>
public sealed record AutomationSettings
{
    /// <summary>Where it listens.</summary>
    public required ListenSettings Listen { get; init; }

    /// <summary>Where its settings stand among those of other modules.</summary>
    public const string Section = "Automation";

    /// <summary><c>API_KEY</c> and <c>API_KEYS</c>: keys of which clients must send one; where all are empty, anyone is let in.</summary>
    public required IReadOnlyList<string> ClientKeys { get; init; }

    /// <summary><c>ALLOWED_ORIGINS</c>: origins whose pages may call; <c>*</c> for any.</summary>
    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    /// <summary><c>ALLOWED_HOSTS</c>: host names that are answered; <c>*</c> for any.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    /// <summary><c>UPLOAD_DIRECTORY</c>: folder of uploaded files, or of those under way where they are stored in object storage.</summary>
    public required string UploadDirectory { get; init; }

    /// <summary><c>FILE_STORAGE</c> and what belongs to it: object storage of uploaded files; null for the upload folder.</summary>
    internal ObjectStorageSettings? ObjectStorage { get; private init; }

    /// <summary><c>MAX_FILE_SIZE</c>: bytes of one file.</summary>
    public required long MaxFileSize { get; init; }

    /// <summary><c>ALLOWED_EXTENSIONS</c>: lower case, each with its dot, in the given order.</summary>
    public required IReadOnlyList<string> AllowedExtensions { get; init; }

    /// <summary><c>EXECUTION_TIMEOUT</c>: time that a run may take.</summary>
    public required TimeSpan ExecutionTimeout { get; init; }

    /// <summary><c>TEXT_EXTRACTION_TIMEOUT</c>: time that the extraction of one file may take.</summary>
    public required TimeSpan ExtractionTimeout { get; init; }

    /// <summary><c>TEXT_EXTRACTION_MEMORY</c>: bytes that the extraction of one file may take.</summary>
    public required long ExtractionMemory { get; init; }

    /// <summary><c>PDF_MAX_PAGES</c>: pages of a PDF whose text is read.</summary>
    public required int PdfMaxPages { get; init; }

    /// <summary><c>TASK_WORKER_COUNT</c>: executions that run at once; also extractions.</summary>
    public required int Workers { get; init; }

    /// <summary><c>TASK_QUEUE_SIZE</c>: executions that are claimed before a worker is free for them.</summary>
    public required int QueueSize { get; init; }

    /// <summary><c>WORKFLOW_CONCURRENCY</c>: executions of one workflow that run at once; 1 keeps them in order.</summary>
    public required int WorkflowConcurrency { get; init; }

    /// <summary><c>SCHEDULER_*</c> and <c>MAX_WORKFLOW_EXECUTIONS</c>: when workflows with a cron expression run, and what is kept of runs.</summary>
    internal ScheduleTerms Schedule { get; private init; } = null!;
    /// <summary><c>API_KEY</c> as it is sent to the product's other services; empty for none.</summary>
    public required string UpstreamKey { get; init; }

    /// <summary><c>AIRTABLE_GATEWAY_URL</c>: base URLs of the Airtable gateway.</summary>
    public required IReadOnlyList<string> AirtableGatewayUrls { get; init; }

    /// <summary><c>AIRTABLE_BASE_ID</c>: base of steps that name none; empty for none.</summary>
    public required string AirtableBaseId { get; init; }

    /// <summary><c>LLM_ORCHESTRATOR_URL</c>: base URLs of the LLM orchestrator.</summary>
    public required IReadOnlyList<string> LlmOrchestratorUrls { get; init; }

    /// <summary><c>MCP_SERVER_URL</c>: base URLs of the MCP server.</summary>
    public required IReadOnlyList<string> McpServerUrls { get; init; }

    /// <summary><c>HTTP_REQUEST_ALLOWED_HOSTS</c>: what <c>http_request</c> steps may reach beside the public internet.</summary>
    internal AllowedHosts AllowedOutboundHosts { get; init; } = new();

    /// <summary>Reads them. <paramref name="portName"/> is the variable of its port: <c>PORT</c>, or one of its own in the all-in-one.</summary>
    public static AutomationSettings Read(SettingsReader settings, ProcessSettings process, string portName = "PORT")
    {
        settings.Section = Section;
        var key = settings.Secret("API_KEY", "", "Key that clients send as X-API-Key, and workflows' steps to the other services; empty lets anyone in.");
        var storage = ObjectStorageSettings.Read(settings);
        return settings.Keep(new AutomationSettings
        {
            Listen = ListenSettings.Read(settings, portName, 8006),
            ClientKeys = ApiKeySettings.Read(settings, key),
            AllowedOrigins = settings.List("ALLOWED_ORIGINS", "*", "Origins whose pages may call the service; * for any."),
            AllowedHosts = settings.List("ALLOWED_HOSTS", "*", "Host names that are answered; * for any."),
            UploadDirectory = settings.Text("UPLOAD_DIRECTORY", "./uploads", "Folder of uploaded files, or of those under way where FILE_STORAGE is set; made when missing.", "UPLOAD_DIR"),
            ObjectStorage = storage,
            MaxFileSize = settings.Size("MAX_FILE_SIZE", "100MB", 1, storage is null ? 1L << 40 : ObjectStorageSettings.MaxObjectBytes, "Largest file that is taken."),
            AllowedExtensions = [.. settings.List("ALLOWED_EXTENSIONS", ".pdf,.doc,.docx,.txt,.csv,.xlsx,.xls", "Extensions that are taken, with or without their dot.")
                .Select(extension => "." + extension.TrimStart('.').ToLowerInvariant())],
            ExecutionTimeout = settings.Duration("EXECUTION_TIMEOUT", "1h", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7), "Time that a workflow's run may take.", "DEFAULT_WORKFLOW_TIMEOUT"),
            ExtractionTimeout = settings.Duration("TEXT_EXTRACTION_TIMEOUT", "300s", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), "Time that the extraction of one file may take."),
            ExtractionMemory = settings.Size("TEXT_EXTRACTION_MEMORY", "512MB", 64L << 20, 1L << 40, "Memory that the extraction of one file may take."),
            PdfMaxPages = settings.Number("PDF_MAX_PAGES", 1000, 1, 1_000_000, "Pages of a PDF whose text is read; further ones are only counted."),
            Workers = settings.Number("TASK_WORKER_COUNT", 4, 1, 256, "Workflow runs, and extractions, at once.", "WORKER_POOL_SIZE"),
            QueueSize = settings.Number("TASK_QUEUE_SIZE", 100, 1, 10_000, "Workflow runs that are claimed before a worker is free for them; never a reason to refuse one."),
            Schedule = new ScheduleTerms(
                settings.Duration("SCHEDULER_INTERVAL", "60s", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), "Longest time between two looks for due workflows, and between two clean-ups of old runs.", "SCHEDULER_CHECK_INTERVAL"),
                settings.TimeZone("SCHEDULER_TIMEZONE", "UTC", "Whose clock cron expressions are about."),
                settings.Choice("SCHEDULER_MISSED_RUNS", "once", "What becomes of planned runs whose time passed while the service was away: made up for once, or skipped.", "once", "skip") == "once",
                settings.Number("MAX_WORKFLOW_EXECUTIONS", 1000, 1, 1_000_000, "Runs of a workflow that are kept, the newest; older ones are deleted once they have ended.")),
            WorkflowConcurrency = settings.Number("WORKFLOW_CONCURRENCY", 1, 1, 256, "Runs of one workflow at once; 1 keeps them in order."),
            UpstreamKey = key,
            AirtableGatewayUrls = Urls(settings, "AIRTABLE_GATEWAY_URL", "http://airtable-gateway:8002", "The Airtable gateway, which airtable steps write through."),
            AirtableBaseId = settings.Text("AIRTABLE_BASE_ID", "", "Airtable base of steps that name none.", "AIRTABLE_BASE"),
            LlmOrchestratorUrls = Urls(settings, "LLM_ORCHESTRATOR_URL", "http://llm-orchestrator:8003", "The LLM orchestrator, which llm steps ask."),
            McpServerUrls = Urls(settings, "MCP_SERVER_URL", "http://mcp-server:8001", "The MCP server, whose tools mcp_tool steps run."),
            AllowedOutboundHosts = settings.Read(
                new("HTTP_REQUEST_ALLOWED_HOSTS", "Hosts that http_request steps may reach although they are not public.", "a comma-separated list of host names, addresses and ranges such as 10.1.0.0/16"),
                "",
                (string text, out AllowedHosts hosts) => Outbound.AllowedHosts.TryParse(SettingParsers.List(text, out var entries) ? entries : [""], out hosts)),
        });
    }

    // The gateway reads the same variables, and takes several URLs in one.
    private static IReadOnlyList<string> Urls(SettingsReader settings, string name, string fallback, string description) => settings.Read(
        new(name, description, "an absolute http or https URL, or several of them with commas between, such as " + fallback),
        fallback,
        (string text, out IReadOnlyList<string> urls) =>
        {
            urls = text.Split(',', StringSplitOptions.TrimEntries);
            return urls.All(url => SettingParsers.HttpUrl(url, out _));
        });
}
