using System.Text;
using PyAirtable.Gateway.Tests.FastPath;
using PyAirtable.Hosting.Serving;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests;

/// <summary>A gateway in front of one stub that stands for all five upstreams.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    public const string Key = "gateway-key";

    private readonly ServiceHost _host;

    private readonly Dictionary<string, string> _settings;

    private GatewayHost(ServiceHost host, StubUpstream stub, Dictionary<string, string> settings) => (_host, Stub, _settings) = (host, stub, settings);

    public StubUpstream Stub { get; }

    public HttpClient Client => _host.Client;

    public ServiceHost Host => _host;

    public GatewayModule Module => _host.Modules[0] as GatewayModule ?? ((CountedModule)_host.Modules[0]).Gateway;

    public int Port => new Uri(_host.Urls["gateway"]).Port;

    public static Task<GatewayHost> StartAsync(params (string Name, string Value)[] settings) => StartAsync(TimeProvider.System, settings);

    public static Task<GatewayHost> StartAsync(TimeProvider clock, params (string Name, string Value)[] settings) => StartAsync(clock, wrap: null, settings);

    public static async Task<GatewayHost> StartAsync(TimeProvider clock, Func<GatewayModule, IServiceModule>? wrap, params (string Name, string Value)[] settings)
    {
        var stub = new StubUpstream();
        var all = AllOf(stub.Url, settings);
        return new GatewayHost(await StartAsync(all, beside: null, clock, wrap), stub, all);
    }

    public static Task<ServiceHost> StartAsync(string upstream, (string Name, string Value)[] settings, Func<ProcessContext, IServiceModule>? beside = null, TimeProvider? clock = null, Func<GatewayModule, IServiceModule>? wrap = null) =>
        StartAsync(AllOf(upstream, settings), beside, clock, wrap);

    /// <summary>Changes settings, and reads all of them again.</summary>
    public void Reload(params (string Name, string Value)[] settings)
    {
        foreach (var (name, value) in settings)
        {
            _settings[name] = value;
        }
        _host.Reload();
    }

    private static Dictionary<string, string> AllOf(string upstream, (string Name, string Value)[] settings)
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
        return all;
    }

    private static Task<ServiceHost> StartAsync(Dictionary<string, string> settings, Func<ProcessContext, IServiceModule>? beside, TimeProvider? clock, Func<GatewayModule, IServiceModule>? wrap = null) =>
        ServiceHost.StartAsync(
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
            settings,
            clock);

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
