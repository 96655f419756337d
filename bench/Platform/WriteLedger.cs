using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace PyAirtable.Bench.Platform;

/// <summary>Writes events, metrics and accounts under names of their own, and keeps the names that were acknowledged.</summary>
/// <param name="prefix">What the names begin with, other than those of another ledger.</param>
internal sealed class WriteLedger(string prefix)
{
    private static readonly Kind[] Kinds =
    [
        new("event", "/analytics/events", """{"event_type":"NAME","event_data":{"n":1}}""", "SELECT event_type FROM platform_analytics_events"),
        new("metric", "/analytics/metrics/batch", """{"metrics":[{"metric_name":"NAME","metric_value":1},{"metric_name":"NAME-2","metric_value":2}]}""", "SELECT metric_name FROM platform_analytics_metrics WHERE metric_value = 1"),
        new("account", "/auth/register", """{"email":"NAME@example.com","password":"correct horse"}""", "SELECT replace(email, '@example.com', '') FROM platform_users"),
    ];

    private readonly ConcurrentDictionary<string, Kind> _acknowledged = [];
    private readonly ConcurrentDictionary<(string Kind, int Status), int> _statuses = [];
    private int _number;

    /// <summary>Writes that were acknowledged.</summary>
    public int Acknowledged => _acknowledged.Count;

    /// <summary>How often each status was answered to events, metrics and accounts.</summary>
    public IReadOnlyDictionary<(string Kind, int Status), int> Statuses => _statuses;

    /// <summary>Writes from so many clients until it is cancelled, or until the service is gone.</summary>
    public Task WriteAsync(Uri service, int clients, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => WriteOneByOneAsync(service, stop), CancellationToken.None)));

    /// <summary>What the database holds other than it should: names that were acknowledged and are not there, and names that are there twice.</summary>
    public async Task<(int Lost, int Twice)> CompareAsync(Func<string, Task<List<string>>> read)
    {
        var (lost, twice) = (0, 0);
        foreach (var kind in Kinds)
        {
            var names = await read(kind.Sql);
            var there = names.ToHashSet();
            twice += names.Count - there.Count;
            lost += _acknowledged.Count(write => write.Value == kind && !there.Contains(write.Key));
        }

        return (lost, twice);
    }

    private async Task WriteOneByOneAsync(Uri service, CancellationToken stop)
    {
        using var client = new HttpClient { BaseAddress = service, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Add("X-API-Key", PlatformProcess.Key);
        while (!stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _number);
            // Accounts are dear: one write in ten.
            var kind = Kinds[number % 10 == 0 ? 2 : number % 2];
            var name = $"{prefix}-{kind.Name}-{number}";
            using var content = new StringContent(kind.Body.Replace("NAME", name, StringComparison.Ordinal), Encoding.UTF8, "application/json");
            try
            {
                using var answer = await client.PostAsync(new Uri(kind.Path, UriKind.Relative), content, CancellationToken.None);
                _statuses.AddOrUpdate((kind.Name, (int)answer.StatusCode), 1, static (_, count) => count + 1);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    _acknowledged.TryAdd(name, kind);
                }
            }
            catch (HttpRequestException)
            {
                // Killed: whether this one is stored nobody can say.
                return;
            }
        }
    }

    private sealed record Kind(string Name, string Path, string Body, string Sql);
}
