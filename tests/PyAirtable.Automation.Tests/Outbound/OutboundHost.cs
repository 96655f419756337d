using System.Collections.Concurrent;
using System.Net;
using PyAirtable.Automation.Outbound;

namespace PyAirtable.Automation.Tests.Outbound;

/// <summary>A client whose names are found by a test, and that may reach 127.0.0.1 and nothing else that is not public.</summary>
internal sealed class OutboundHost : IAsyncDisposable
{
    public OutboundHost(Func<string, string[]> resolve)
    {
        Assert.True(AllowedHosts.TryParse(["127.0.0.1"], out var allowed));
        Client = new OutboundClient(new AddressRules(allowed), ResolveAsync, TimeProvider.System);

        Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
        {
            Asked.Enqueue(host);
            return Task.FromResult(Array.ConvertAll(resolve(host), IPAddress.Parse));
        }
    }

    public OutboundClient Client { get; }

    /// <summary>The names that were looked up.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public async Task<OutboundAnswer> GetAsync(string url, params (string Name, string Value)[] headers) => await SendAsync(HttpMethod.Get, url, null, headers);

    public async Task<OutboundAnswer> SendAsync(HttpMethod method, string url, byte[]? body, params (string Name, string Value)[] headers) => await Client.SendAsync(
        new OutboundRequest { Method = method, Url = new Uri(url), Body = body, Headers = Array.ConvertAll(headers, header => KeyValuePair.Create(header.Name, header.Value)), Timeout = TimeSpan.FromSeconds(20) },
        TestContext.Current.CancellationToken);

    /// <summary>The text of its failure.</summary>
    public async Task<string> FailAsync(string url, params (string Name, string Value)[] headers) => (await Assert.ThrowsAsync<OutboundFailedException>(() => GetAsync(url, headers))).Message;

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
