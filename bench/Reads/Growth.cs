using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Bench.Goals;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Reads;

/// <summary>Every read at several sizes of the tables: median of requests one after another, in milliseconds.</summary>
internal static class Growth
{
    private const int Requests = 101;
    private const double MostMilliseconds = 50;

    private static readonly string[] Reads =
    [
        "dashboard", "dashboard?hours=720", "metrics", "metrics?metric_name=metric_7", "metrics?service_name=service_3", "metrics?service_name=none",
        "metrics?user_id=77", "metrics?user_id=77&metric_name=metric_7&service_name=service_3", "usage/77", "costs", "costs?user_id=77",
    ];

    /// <summary>Reports the table, and for each read its time at the largest size.</summary>
    public static async Task MeasureAsync(BenchReport report, string executable, string engine, PostgresServer postgres, IReadOnlyList<long> sizes)
    {
        // Over a month, and all within the day that the dashboard shows.
        List<Dataset> sets = [.. sizes.Select(rows => new Dataset(rows, 720)), new Dataset(sizes[^1], 24)];
        var columns = new List<double[]>();
        foreach (var set in sets)
        {
            columns.Add(await MeasureAsync(executable, engine == "sqlite" ? null : await postgres.CreateDatabaseAsync(), set));
        }

        report.Add(new Table(
            $"{engine}, median ms by rows of each table",
            ["read", .. sets.Select(static set => set.Name)],
            [.. Reads.Select((read, i) => (string[])[read, .. columns.Select(column => Quantity.Format(column[i]))])]));
        for (var i = 0; i < Reads.Length; i++)
        {
            report.AtMost($"median of GET /analytics/{Reads[i]} with {sizes[^1]:N0} rows, {engine}", Math.Max(columns[^1][i], columns[^2][i]), "ms", MostMilliseconds);
        }
    }

    private static async Task<double[]> MeasureAsync(string executable, string? url, Dataset set)
    {
        var folder = Directory.CreateTempSubdirectory("reads-").FullName;
        try
        {
            url ??= "sqlite:///" + Path.Combine(folder, "reads.db");
            DatabaseOptions.TryParse(url, folder, out var options, out _);
            await ExecutableProcess.RunAsync(executable, folder, Service.Settings(url, 0), "migrate");
            await set.FillAsync(options!, CancellationToken.None);
            await using var service = await Service.StartAsync(executable, url, folder);
            var began = Stopwatch.GetTimestamp();
            await WaitForRollupsAsync(options!);
            Console.Error.WriteLine($"{options!.Engine} {set.Name}: rolled up in {Quantity.Format(Stopwatch.GetElapsedTime(began).TotalSeconds)} s");
            await VacuumAsync(options);
            var medians = new double[Reads.Length];
            for (var i = 0; i < Reads.Length; i++)
            {
                medians[i] = await MedianAsync(service.Client, "/analytics/" + Reads[i]);
            }

            return medians;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> MedianAsync(HttpClient client, string path)
    {
        var times = new List<double>();
        for (var i = 0; i < Requests; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return Quantile.Median(times);
    }

    // Fewer than a thousand rows stay out of the roll-ups.
    private static async Task WaitForRollupsAsync(DatabaseOptions options)
    {
        const string Behind = "SELECT CAST((SELECT max(id) FROM platform_analytics_events) + (SELECT max(id) FROM platform_analytics_metrics) - sum(folded_through) AS BIGINT) FROM platform_rollups";
        await using var database = Database.Create(options, NullLoggerFactory.Instance, TimeProvider.System);
        while (true)
        {
            await using (var connection = await database.OpenAsync(CancellationToken.None))
            {
                await using var command = connection.CreateCommand();
                command.CommandText = Behind;
                if ((long)(await command.ExecuteScalarAsync())! <= 2_000)
                {
                    return;
                }
            }

            await Task.Delay(100);
        }
    }

    // What the server does by itself within a minute. Folding a month of rows at once changes every bucket many times, as no service does.
    private static async Task VacuumAsync(DatabaseOptions options)
    {
        if (options.Engine == DatabaseEngine.PostgreSql)
        {
            await using var database = Database.Create(options, NullLoggerFactory.Instance, TimeProvider.System);
            await using var connection = await database.OpenAsync(CancellationToken.None);
            await using var command = connection.CreateCommand();
            command.CommandText = "VACUUM ANALYZE";
            command.CommandTimeout = 600;
            await command.ExecuteNonQueryAsync();
        }
    }
}
