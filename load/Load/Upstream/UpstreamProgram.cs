using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Load.Upstream;

/// <summary>
/// Stands in for the three Python services behind the gateway: their routes, checks and shapes, answered at once and from memory, so
/// that what is measured is ours. It is no model of their speed.
/// </summary>
internal static class UpstreamProgram
{
    /// <summary>Serves until it is cancelled.</summary>
    public static async Task RunAsync(UpstreamPorts ports, string key, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IConnectionListenerFactory>(new EpollTransport(new EventLoops(1)));
        builder.WebHost.UseKestrelCore().UseUrls([.. ports.Arguments().Select(port => "http://127.0.0.1:" + port)]);
        await using var app = builder.Build();
        var airtable = new AirtableGateway(new RecordTable(), key);
        var mcp = new McpServer(airtable);
        var llm = new LlmOrchestrator(mcp);
        app.Run(context => context.Connection.LocalPort switch
        {
            var port when port == ports.Llm => llm.AnswerAsync(context),
            var port when port == ports.Mcp => mcp.AnswerAsync(context),
            _ => airtable.AnswerAsync(context),
        });
        await ((IHost)app).RunAsync(cancel);
    }
}
