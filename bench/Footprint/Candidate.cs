namespace PyAirtable.Bench.Footprint;

/// <summary>A program whose start, memory and size are measured.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Executable">Path of the executable.</param>
/// <param name="Arguments">Its command line; <c>{port}</c> stands for the port.</param>
/// <param name="Environment">Its settings; <c>{port}</c> and <c>{data}</c> stand for the port and an own folder.</param>
/// <param name="Path">The path that must answer 200.</param>
/// <param name="MaxStart">Goal for the median from exec to the first 200, in milliseconds; 0 for none.</param>
/// <param name="MaxResident">Goal for resident memory after the start, in MB of 2^20 bytes; 0 for none.</param>
internal sealed record Candidate(
    string Name,
    string Executable,
    string Arguments,
    IReadOnlyDictionary<string, string> Environment,
    string Path,
    double MaxStart,
    double MaxResident)
{
    /// <summary>The product's executables and the yardstick, as published below <paramref name="artifacts"/>.</summary>
    public static IReadOnlyList<Candidate> All(string artifacts)
    {
        Dictionary<string, string> Service(string port) => new()
        {
            [port] = "{port}",
            ["HOST"] = "127.0.0.1",
            ["MANAGEMENT_HOST"] = "127.0.0.1",
            ["MANAGEMENT_PORT"] = "0",
            ["DATA_DIR"] = "{data}",
            ["UPLOAD_DIRECTORY"] = "{data}/uploads",
            ["API_KEY"] = "a-key-for-measuring-0123456789abcdef",
            ["JWT_SECRET"] = "a-secret-for-measuring-0123456789abcdef",
        };
        var allInOne = Service("GATEWAY_PORT");
        (allInOne["PLATFORM_PORT"], allInOne["AUTOMATION_PORT"]) = ("0", "0");
        string Published(string project, string name) => System.IO.Path.Combine(artifacts, "publish", project, name);
        return
        [
            new("bare Kestrel", Published("BareKestrel", "bare-kestrel"), "{port}", new Dictionary<string, string>(), "/", 0, 0),
            new("gateway", Published("Gateway", "pyairtable-gateway"), "serve", Service("PORT"), "/health", 25, 25),
            new("platform", Published("Platform", "pyairtable-platform"), "serve", Service("PORT"), "/health", 25, 32),
            new("automation", Published("Automation", "pyairtable-automation"), "serve", Service("PORT"), "/health", 25, 32),
            new("all in one", Published("AllInOne", "pyairtable"), "serve", allInOne, "/health", 60, 45),
        ];
    }
}
