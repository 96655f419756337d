using System.Text;
using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.FastPath;

/// <summary>A plain proxy route whose upstream is reached over plain HTTP.</summary>
internal sealed class FastRoute(PrefixRoute route)
{
    /// <summary>Its prefix.</summary>
    public byte[] Prefix { get; } = Encoding.ASCII.GetBytes(route.Prefix);

    /// <summary>Its name in logs and metrics.</summary>
    public string Template { get; } = route.Template;

    /// <summary>Who answers.</summary>
    public Upstream Upstream { get; } = route.Upstream;

    /// <summary>Whether a target stands under the prefix; the bare prefix is left to others.</summary>
    public bool Matches(ReadOnlySpan<byte> target) => target.Length > Prefix.Length && target[Prefix.Length] == '/' && target.StartsWith(Prefix);
}
