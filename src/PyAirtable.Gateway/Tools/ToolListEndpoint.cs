using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Tools;

/// <summary><c>GET /api/tools</c>: the tools that the language models may call (gateway contract 1.3).</summary>
internal sealed class ToolListEndpoint(Relay relay, Upstream llm)
{
    /// <summary>Answers; a query is not passed on.</summary>
    public Task GetAsync(RequestContext request) => relay.AnswerAsync(request, llm, "GET", "/tools");
}
