// Sends the table of ambiguous requests to the gateway and to HAProxy, and prints what each makes of them.
using System.Globalization;
using PyAirtable.Gateway.Tests;
using PyAirtable.Gateway.Tests.RequestSafety;
using PyAirtable.Bench.Smuggling;

await using var probe = new SmugglingProbe();
await using var gateway = await GatewayHost.StartAsync(probe.Upstream.Url, []);
await using var haproxy = new HAProxyServer(new Uri(probe.Upstream.Url).Authority);
await haproxy.WaitAsync();
var port = new Uri(gateway.Urls["gateway"]).Port;

Console.WriteLine(Row("vector", "gateway", "HAProxy"));
var stricter = 0;
foreach (var vector in SmugglingVectors.All)
{
    var (ours, theirs) = (await probe.SendAsync(port, vector), await probe.SendAsync(haproxy.Port, vector));
    Console.WriteLine(Row(vector.Name, ours, theirs));
    stricter += IsRefusal(ours) && !IsRefusal(theirs) ? 1 : 0;
    if (IsRefusal(theirs) && !IsRefusal(ours))
    {
        Console.WriteLine("  ^ HAProxy is stricter");
    }
}
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{SmugglingVectors.All.Count()} vectors, {stricter} of them refused by the gateway only"));

static bool IsRefusal(string verdict) => verdict.StartsWith("refused", StringComparison.Ordinal) || verdict.StartsWith("answered", StringComparison.Ordinal);

static string Row(string name, string ours, string theirs) => $"{name,-50} {Short(ours),-40} {Short(theirs)}";

static string Short(string verdict) => verdict.Length <= 40 ? verdict : verdict[..37] + "...";
