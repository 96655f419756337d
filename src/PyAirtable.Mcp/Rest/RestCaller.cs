using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Mcp.Protocol;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Rest;

/// <summary>
/// Who calls the tool routes. The Python server asked nobody for a key (upstream contract 1.1), so a key is asked for only where the settings say
/// so. Without one, a page of an origin that is not allowed is refused: a browser would call in its user's name, from within the network.
/// </summary>
internal sealed class RestCaller(ApiKeys keys, bool required, OriginCheck origins)
{
    private static readonly PreparedAnswer NoKey = DetailError.Prepare(StatusCodes.Status401Unauthorized, "Invalid API key");
    private static readonly PreparedAnswer ForeignOrigin = DetailError.Prepare(StatusCodes.Status403Forbidden, "Origin not allowed");

    /// <summary>A handler behind the check.</summary>
    public RequestHandler Wrap(Func<RequestContext, Caller, Task> handler) => request =>
    {
        var key = KeyIndex.Of(request.Http.Request, keys);
        return required && key < 0 ? NoKey.WriteAsync(request.Http)
            : key < 0 && !origins.Allows(request.Http.Request) ? ForeignOrigin.WriteAsync(request.Http)
            : handler(request, new Caller(key, request.TraceId));
    };
}
