using System.Diagnostics;
using System.Globalization;
using System.Text;
using PyAirtable.Bench.Goals;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Platform;

/// <summary>Many logins at once beside other requests: what these take with and without. Who logs in is a process of its own that gives
/// way, as it would be on other machines.</summary>
internal static class StormBench
{
    private const int Logins = 250;
    private const int Clients = 8;
    private const int Rounds = 3;
    private const double MostTimes = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Phase = TimeSpan.FromSeconds(5);

    // The clients' program is compiled while it starts, which takes both processors.
    private static readonly TimeSpan StormStart = TimeSpan.FromSeconds(2);

    /// <summary>1 if the others' p99 more than doubles.</summary>
    public static async Task<int> RunAsync()
    {
        var report = new BenchReport("storm");
        using var groups = new SessionGroups();
        await using var server = new PostgresServer();
        await using var platform = await PlatformProcess.StartAsync(await server.CreateDatabaseAsync());
        using var client = platform.Client(2 * Clients);
        await PostAsync(client, "/auth/register", """{"email":"ada@example.com","password":"correct horse"}""");

        var (quiet, computing, busy) = (new Latencies(), new Latencies(), new Latencies());
        await ProbeAsync(client, new Latencies(), Phase); // warm-up
        for (var i = 0; i < Rounds; i++)
        {
            await ProbeAsync(client, quiet, Phase);
            using (var loop = Process.Start("chrt", ["-i", "0", "sh", "-c", "while :; do :; done"]))
            {
                await ProbeAsync(client, computing, Phase);
                loop.Kill();
            }

            using var storm = StartStorm(platform.Port);
            await Task.Delay(StormStart);
            await ProbeAsync(client, busy, Phase);
            storm.StandardInput.Close();
            var answers = (await storm.StandardOutput.ReadToEndAsync()).Trim();
            Console.WriteLine($"  round {i + 1}: {answers}; p99 quiet, beside a program that computes at idle priority, beside logins: /health {quiet.Health(0.99):0.0}, {computing.Health(0.99):0.0}, {busy.Health(0.99):0.0} ms; events {quiet.Event(0.99):0.0}, {computing.Event(0.99):0.0}, {busy.Event(0.99):0.0} ms");
        }

        report.AtMost($"p99 of GET /health beside {Logins} clients that log in", busy.Health(0.99), "ms", quiet.Health(0.99), "without them", MostTimes);
        report.AtMost($"p99 of POST /analytics/events beside {Logins} clients that log in", busy.Event(0.99), "ms", quiet.Event(0.99), "without them", MostTimes);
        report.Add("p99 of GET /health beside a program that computes at idle priority", computing.Health(0.99), "ms");
        report.Add("p99 of POST /analytics/events beside that", computing.Event(0.99), "ms");
        return report.Finish();
    }

    /// <summary>The clients that log in, until the input ends; writes how many had which answer.</summary>
    public static async Task LogInAsync(int port)
    {
        using var client = PlatformProcess.Client(port, Logins);
        using var stop = new CancellationTokenSource();
        var storm = StormAsync(client, stop.Token);
        await Console.In.ReadToEndAsync();
        await stop.CancelAsync();
        var answers = await storm;
        Console.WriteLine($"{answers[200]} logins of {Logins} clients answered, {answers[503]} told to come again, {answers.Sum() - answers[200] - answers[503]} other");
    }

    private static async Task<int[]> StormAsync(HttpClient client, CancellationToken stop)
    {
        var answers = new int[600];
        await Task.WhenAll(Enumerable.Range(0, Logins).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var content = new StringContent("""{"email":"ada@example.com","password":"correct horse"}""", Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync(new Uri("/auth/login", UriKind.Relative), content, CancellationToken.None);
                Interlocked.Increment(ref answers[(int)answer.StatusCode]);
                if (answer.Headers.RetryAfter?.Delta is { } wait)
                {
                    await Task.Delay(wait, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                }
            }
        }));
        return answers;
    }

    private static Process StartStorm(int port)
    {
        var start = new ProcessStartInfo("chrt", ["-i", "0", Environment.ProcessPath!, "logins", port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return Process.Start(start)!;
    }

    private static Task ProbeAsync(HttpClient client, Latencies latencies, TimeSpan length)
    {
        var began = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(began) < length)
            {
                latencies.AddHealth(await TimeAsync(() => client.GetStringAsync(new Uri("/health", UriKind.Relative))));
                latencies.AddEvent(await TimeAsync(() => PostAsync(client, "/analytics/events", """{"event_type":"page_view"}""")));
                await Task.Delay(Pause);
            }
        }));
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task PostAsync(HttpClient client, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    private sealed class Latencies
    {
        private readonly List<double> _health = [];
        private readonly List<double> _event = [];

        public double Health(double share) => At(_health, share);

        public double Event(double share) => At(_event, share);

        public void AddHealth(double milliseconds) => Add(_health, milliseconds);

        public void AddEvent(double milliseconds) => Add(_event, milliseconds);

        private static void Add(List<double> list, double milliseconds)
        {
            lock (list)
            {
                list.Add(milliseconds);
            }
        }

        private static double At(List<double> list, double share)
        {
            lock (list)
            {
                list.Sort();
                return list.Count == 0 ? double.NaN : list[(int)((list.Count - 1) * share)];
            }
        }
    }
}
