using Microsoft.Extensions.Primitives;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>The <c>Vary</c> header of an answer that the gateway and an upstream have a hand in.</summary>
internal static class VaryHeader
{
    /// <summary>What both name, each once; the upstream's own text where the gateway names nothing.</summary>
    public static StringValues Union(StringValues own, StringValues other)
    {
        if (own.Count == 0)
        {
            return other;
        }
        var names = $"{own},{other}".Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join(", ", names.Distinct(StringComparer.OrdinalIgnoreCase));
    }
}
