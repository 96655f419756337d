namespace PyAirtable.Hosting.Security;

/// <summary>The origins of a policy, ready to be asked.</summary>
internal sealed class CorsOrigins
{
    private readonly string[] _exact;
    private readonly (string Start, string End)[] _patterns;

    internal CorsOrigins(IEnumerable<string> origins, bool patterns)
    {
        _exact = origins.Select(origin => origin.Trim()).Where(origin => origin.Length > 0).ToArray();
        Any = _exact.Contains("*");
        _patterns = !patterns ? [] : [.. _exact
            .Where(origin => origin.Contains("://*.", StringComparison.Ordinal))
            .Select(origin => (origin[..origin.IndexOf('*', StringComparison.Ordinal)], origin[(origin.IndexOf('*', StringComparison.Ordinal) + 1)..]))];
    }

    /// <summary>True if any origin is welcome.</summary>
    internal bool Any { get; }

    internal bool Allow(string origin)
    {
        if (Any || Array.IndexOf(_exact, origin) >= 0)
        {
            return true;
        }

        foreach (var (start, end) in _patterns)
        {
            // One more character than the pattern, so that the subdomain is not empty.
            if (origin.Length > start.Length + end.Length
                && origin.StartsWith(start, StringComparison.OrdinalIgnoreCase)
                && origin.EndsWith(end, StringComparison.OrdinalIgnoreCase)
                && !origin.AsSpan(start.Length).Contains('/'))
            {
                return true;
            }
        }

        return false;
    }
}
