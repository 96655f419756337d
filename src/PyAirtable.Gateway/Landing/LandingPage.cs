using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Landing;

/// <summary><c>/</c>: who this is (gateway contract 1.8).</summary>
internal static class LandingPage
{
    private static readonly PreparedAnswer Page = new(StatusCodes.Status200OK, PreparedAnswer.Json, """
        {"service":"PyAirtable API Gateway","version":"1.0.0","endpoints":{"health":"/api/health","chat":"/api/chat","tools":"/api/tools","airtable":"/api/airtable/*","websocket":"/ws"}}
        """u8.ToArray());

    /// <summary>Answers.</summary>
    public static Task GetAsync(RequestContext request) => Page.WriteAsync(request.Http);
}
