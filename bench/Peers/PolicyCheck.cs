using System.Globalization;
using System.Net;

namespace PyAirtable.Bench.Peers;

/// <summary>Makes sure that a peer does what all of them are compared at, before it is measured.</summary>
internal static class PolicyCheck
{
    private const string KeyHeader = "X-API-Key";
    private const string TraceHeader = "X-Trace-ID";

    /// <summary>Asks a started peer.</summary>
    /// <exception cref="InvalidOperationException">It answers otherwise than it should.</exception>
    public static async Task RunAsync(Peer peer, ServerProcess server, CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{server.Port}{peer.Route}/") };
        if (peer.RequiresKey)
        {
            Demand((await AskAsync("250", null, null)).Status == HttpStatusCode.Unauthorized, "lets a request without a key pass");
            Demand((await AskAsync("250", "wrong", null)).Status == HttpStatusCode.Unauthorized, "lets a wrong key pass");
        }
        foreach (var bytes in (int[])[250, 16384])
        {
            var answer = await AskAsync(bytes.ToString(CultureInfo.InvariantCulture), Rig.Key, null);
            Demand(answer.Status == HttpStatusCode.OK && answer.Body.Length == bytes, $"answers {(int)answer.Status} with {answer.Body.Length} bytes instead of {bytes}");
        }
        var given = await AskAsync("trace", Rig.Key, "a-given-trace");
        Demand(given is { Body: "\"a-given-trace\"", Trace: "a-given-trace" }, "does not pass a given trace id");
        var made = await AskAsync("trace", Rig.Key, null);
        Demand(made.Trace.Length >= 16 && made.Body == $"\"{made.Trace}\"", "does not make a trace id for both sides");

        void Demand(bool holds, string fault)
        {
            if (!holds)
            {
                throw new InvalidOperationException($"{peer.Name} {fault}");
            }
        }

        async Task<(HttpStatusCode Status, string Body, string Trace)> AskAsync(string path, string? key, string? trace)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (key is not null)
            {
                request.Headers.Add(KeyHeader, key);
            }
            if (trace is not null)
            {
                request.Headers.Add(TraceHeader, trace);
            }
            using var response = await client.SendAsync(request, cancel);
            var echoed = response.Headers.TryGetValues(TraceHeader, out var values) ? string.Join(", ", values) : "";
            return (response.StatusCode, await response.Content.ReadAsStringAsync(cancel), echoed);
        }
    }
}
