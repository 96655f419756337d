using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using PyAirtable.Bench.Goals;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Reads;

/// <summary>One account's look-up over HTTP beside pgbench's look-up of one row, taking turns; and what a check of a token costs.</summary>
internal static partial class SingleRow
{
    private const int Clients = 32;
    private const int Seconds = 4;
    private const int Rounds = 3;
    private const double LeastRequests = 12_000;
    private const double LeastRatio = 0.5;

    // GET /auth/verify of the Python service, measured on the same kind of machine before it was replaced.
    private const double PythonMicroseconds = 1240;
    private const double TimesPython = 25;
    private const double PythonProfiles = 582;

    /// <summary>Measures and reports.</summary>
    public static async Task MeasureAsync(BenchReport report, string executable, PostgresServer postgres)
    {
        var url = await postgres.CreateDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("reads-").FullName;
        try
        {
            await RunAsync("pgbench", "-i", "-q", "-s", "1", url);
            await using var service = await Service.StartAsync(executable, url, folder);
            using var registered = await service.Client.PostAsJsonAsync("/auth/register", new { email = "ada@example.com", password = "longenough" });
            var token = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
            var rounds = new List<(double Profile, double Yardstick, double VerifyCpu)>();
            for (var round = 0; round < Rounds; round++)
            {
                var yardstick = Number(Transactions(), await RunAsync("pgbench", "-n", "-S", "-M", "prepared", "-c", $"{Clients}", "-j", "2", "-T", $"{Seconds}", url));
                var read = await LoadAsync(service, "/auth/profile", token);
                var verify = await LoadAsync(service, "/auth/verify", token);
                rounds.Add((read.PerSecond, yardstick, verify.Microseconds));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  pgbench {yardstick:0}/s, profile {read.PerSecond:0}/s at {read.Microseconds:0.0} µs of CPU, verify {verify.PerSecond:0}/s at {verify.Microseconds:0.0} µs"));
            }

            double Median(Func<(double Profile, double Yardstick, double VerifyCpu), double> figure) => Quantile.Median(rounds.Select(figure));
            var profile = Median(static round => round.Profile);
            report.AtLeast($"GET /auth/profile a second, {Clients} clients", profile, "/s", LeastRequests);
            report.AtLeast($"GET /auth/profile a second, {Clients} clients, beside one row looked up", profile, "/s", Median(static round => round.Yardstick), "pgbench -S", LeastRatio, Median(static round => round.Profile / round.Yardstick));
            report.AtLeast("GET /auth/verify per CPU-second", 1e6 / Median(static round => round.VerifyCpu), "/s", 1e6 / PythonMicroseconds, "the Python service", TimesPython);
            report.Add("CPU of a GET /auth/verify", Median(static round => round.VerifyCpu), "µs");
            report.Add($"times the Python service's {PythonProfiles} GET /auth/profile a second", profile / PythonProfiles, "");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double PerSecond, double Microseconds)> LoadAsync(Service service, string path, string token)
    {
        string[] arguments = ["-t2", $"-c{Clients}", $"-d{Seconds}s", "-H", "X-API-Key: " + Service.Key, "-H", "Authorization: Bearer " + token, service.Url + path];
        var began = service.CpuSeconds;
        var output = await RunAsync("wrk", arguments);
        var (cpu, requests) = (service.CpuSeconds - began, Number(Requests(), output));
        return output.Contains("Non-2xx", StringComparison.Ordinal)
            ? throw new InvalidOperationException(output)
            : (Number(PerSecond(), output), cpu * 1e6 / requests);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var found = program == "pgbench" && Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Max() + "/bin/pgbench" : program;
        using var process = Process.Start(new ProcessStartInfo(found, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(await errors);
    }

    private static double Number(Regex pattern, string text) => double.Parse(pattern.Match(text).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Transactions();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();
}
