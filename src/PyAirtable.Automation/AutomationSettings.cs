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

    /// <summary><c>UPLOAD_DIRECTORY</c>: folder of uploaded files.</summary>
    public required string UploadDirectory { get; init; }

    /// <summary><c>MAX_FILE_SIZE</c>: bytes of one file.</summary>
    public required long MaxFileSize { get; init; }

    /// <summary><c>ALLOWED_EXTENSIONS</c>: lower case, each with its dot, in the given order.</summary>
    public required IReadOnlyList<string> AllowedExtensions { get; init; }

    /// <summary><c>EXECUTION_TIMEOUT</c>: time that a run may take.</summary>
    public required TimeSpan ExecutionTimeout { get; init; }

    /// <summary><c>TEXT_EXTRACTION_TIMEOUT</c>: time that the extraction of one file may take.</summary>
    public required TimeSpan ExtractionTimeout { get; init; }

    /// <summary><c>PDF_MAX_PAGES</c>: pages of a PDF whose text is read.</summary>
    public required int PdfMaxPages { get; init; }

    /// <summary><c>TASK_WORKER_COUNT</c>: executions that run at once; also extractions.</summary>
    public required int Workers { get; init; }

    /// <summary>Reads them. <paramref name="portName"/> is the variable of its port: <c>PORT</c>, or one of its own in the all-in-one.</summary>
    public static AutomationSettings Read(SettingsReader settings, ProcessSettings process, string portName = "PORT")
    {
        settings.Section = Section;
        return settings.Keep(new AutomationSettings
        {
            Listen = ListenSettings.Read(settings, portName, 8006),
            ClientKeys = ApiKeySettings.Read(settings, settings.Secret("API_KEY", "", "Key that clients send as X-API-Key; empty lets anyone in.")),
            AllowedOrigins = settings.List("ALLOWED_ORIGINS", "*", "Origins whose pages may call the service; * for any."),
            AllowedHosts = settings.List("ALLOWED_HOSTS", "*", "Host names that are answered; * for any."),
            UploadDirectory = settings.Text("UPLOAD_DIRECTORY", "./uploads", "Folder of uploaded files; made when missing.", "UPLOAD_DIR"),
            MaxFileSize = settings.Size("MAX_FILE_SIZE", "100MB", 1, 1L << 40, "Largest file that is taken."),
            AllowedExtensions = [.. settings.List("ALLOWED_EXTENSIONS", ".pdf,.doc,.docx,.txt,.csv,.xlsx,.xls", "Extensions that are taken, with or without their dot.")
                .Select(extension => "." + extension.TrimStart('.').ToLowerInvariant())],
            ExecutionTimeout = settings.Duration("EXECUTION_TIMEOUT", "1h", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7), "Time that a workflow's run may take.", "DEFAULT_WORKFLOW_TIMEOUT"),
            ExtractionTimeout = settings.Duration("TEXT_EXTRACTION_TIMEOUT", "300s", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), "Time that the extraction of one file may take."),
            PdfMaxPages = settings.Number("PDF_MAX_PAGES", 1000, 1, 1_000_000, "Pages of a PDF whose text is read; further ones are only counted."),
            Workers = settings.Number("TASK_WORKER_COUNT", 4, 1, 256, "Workflow runs, and extractions, at once.", "WORKER_POOL_SIZE"),
        });
    }
}
