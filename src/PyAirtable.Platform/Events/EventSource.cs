using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Security;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Events;

/// <summary>When and from whom an event came (platform contract 1.6, D-19).</summary>
/// <param name="Time">When the service was told.</param>
/// <param name="IpAddress">Address of the client.</param>
/// <param name="UserAgent">What it calls itself.</param>
internal readonly record struct EventSource(DateTime Time, string IpAddress, string UserAgent)
{
    private const string Unknown = "unknown";

    /// <summary>The client of a request, now.</summary>
    public static EventSource Of(HttpContext http, TimeProvider clock)
    {
        var agent = http.Request.Headers.UserAgent;
        return new(clock.Now(), ClientAddress.Of(http, trustForwarded: true), agent is [.., { Length: > 0 } last] ? last : Unknown);
    }
}
