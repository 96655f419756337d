using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Gateway.Cutover;

/// <summary>
/// The headers by which who has a key chooses a side: <see cref="SideHeader"/> names it, or anything else to be only told, and
/// <see cref="KeyHeader"/> has the test key or the admin key. The answer then names the side that gave it. Without a right key they say
/// nothing; they never go on to an upstream.
/// </summary>
internal sealed class ChosenSide(CutoverSettings settings)
{
    /// <summary>Names a side.</summary>
    public const string SideHeader = "X-Cutover-Side";

    /// <summary>Has the key.</summary>
    public const string KeyHeader = "X-Cutover-Key";

    /// <summary>On a copy of a request, that it is one; the gateway's own, whatever a client sends.</summary>
    public const string ShadowHeader = "X-Cutover-Shadow";

    private readonly ApiKeys _keys = new(settings.TestKey, settings.AdminKey);

    /// <summary>Whether a request may choose, and be told.</summary>
    public bool Asks(HttpRequest request) =>
        request.Headers.ContainsKey(SideHeader) && request.Headers[KeyHeader] is [{ Length: > 0 } key] && _keys.Find(key) >= 0;
}
