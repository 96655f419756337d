using System.Text;
using PyAirtable.Hosting.Serving;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests;

/// <summary>A gateway in front of one stub that stands for all five upstreams.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    public const string Key = "gateway-key";

    private readonly ServiceHost _host;

    private GatewayHost(ServiceHost host, StubUpstream stub) => (_host, Stub) = (host, stub);

    public StubUpstream Stub { get; }

    public HttpClient Client => _host.Client;

    public ServiceHost Host => _host;

    public GatewayModule Module => (GatewayModule)_host.Modules[0];

    public int Port => new Uri(_host.Urls["gateway"]).Port;

    public static Task<GatewayHost> StartAsync(params (string Name, string Value)[] settings) => StartAsync(TimeProvider.System, settings);

    public static async Task<GatewayHost> StartAsync(TimeProvider clock, params (string Name, string Value)[] settings)
    {
        var stub = new StubUpstream();
        return new GatewayHost(await StartAsync(stub.Url, settings, clock: clock), stub);
    }

    public static Task<ServiceHost> StartAsync(string upstream, (string Name, string Value)[] settings, Func<ProcessContext, IServiceModule>? beside = null, TimeProvider? clock = null, Func<GatewayModule, IServiceModule>? wrap = null)
    {
        var all = new Dictionary<string, string>
        {
            ["API_KEY"] = Key,
            ["LLM_ORCHESTRATOR_URL"] = upstream,
            ["MCP_SERVER_URL"] = upstream,
            ["AIRTABLE_GATEWAY_URL"] = upstream,
            ["PLATFORM_SERVICES_URL"] = upstream,
            ["AUTOMATION_SERVICES_URL"] = upstream,
            ["RATE_LIMIT_RPM"] = "10000",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }
        return ServiceHost.StartAsync(
            (reader, process) =>
            {
                var gateway = GatewaySettings.Read(reader, process, modulesBeside: beside is not null);
                return context =>
                {
                    var module = new GatewayModule(gateway, context);
                    IServiceModule front = wrap is null ? module : wrap(module);
                    return beside is null ? [front] : [front, beside(context)];
                };
            },
            all,
            clock);
    }

    /// <summary>Sends a request line as it is, with headers given as <c>Name: value</c>.</summary>
    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, params string[] headers)
    {
        var address = new Uri(Client.BaseAddress + path[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        }
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (header[..colon], header[(colon + 1)..].Trim());
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Stub.DisposeAsync();
    }
}
