using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Hosting.Security;

/// <summary>Refuses requests whose <c>Host</c> is not one of the service's names (<c>ALLOWED_HOSTS</c>; platform contract 0.3 and D-12).</summary>
public sealed class HostCheck
{
    private static readonly PreparedAnswer Refused = PlainText.Prepare(StatusCodes.Status400BadRequest, "Invalid host header");

    private readonly string[] _hosts;
    private readonly bool _any;

    /// <summary>Names to accept: exact ones, <c>*.example.com</c> for all below that name, <c>*</c> for all. Ports do not count.</summary>
    public HostCheck(IEnumerable<string> hosts)
    {
        _hosts = hosts.Select(host => host.Trim()).Where(host => host.Length > 0).ToArray();
        _any = _hosts.Length == 0 || _hosts.Contains("*");
    }

    /// <summary>The check around <paramref name="next"/>; <c>/health</c> is open to probes that know no name.</summary>
    public RequestHandler Wrap(RequestHandler next) => _any
        ? next
        : request => request.Http.Request.Path == "/health" || IsAllowed(request.Http.Request.Host) ? next(request) : Refused.WriteAsync(request.Http);

    private bool IsAllowed(HostString host)
    {
        var name = host.Host;
        foreach (var pattern in _hosts)
        {
            if (pattern.StartsWith("*.", StringComparison.Ordinal)
                ? name.Length >= pattern.Length && name.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
                : name.Equals(pattern, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
