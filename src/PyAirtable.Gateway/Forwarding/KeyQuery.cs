namespace PyAirtable.Gateway.Forwarding;

/// <summary>The API key in a query, <c>?api_key=…</c>: read for the check, taken out before the query goes anywhere else (G7).</summary>
internal static class KeyQuery
{
    private const string Name = "api_key";

    /// <summary>The first key in an encoded query; null where there is none.</summary>
    public static string? Find(ReadOnlySpan<char> query)
    {
        var pairs = query.IsEmpty ? [] : query[1..];
        foreach (var range in pairs.Split('&'))
        {
            if (IsKey(pairs[range]))
            {
                var pair = pairs[range];
                var equals = pair.IndexOf('=');
                return equals < 0 ? "" : Decode(pair[(equals + 1)..]);
            }
        }
        return null;
    }

    /// <summary>The query without its keys, otherwise as it was sent.</summary>
    public static string Strip(string query)
    {
        if (Find(query) is null)
        {
            return query;
        }
        var kept = string.Join('&', query[1..].Split('&').Where(pair => !IsKey(pair)));
        return kept.Length == 0 ? "" : "?" + kept;
    }

    private static bool IsKey(ReadOnlySpan<char> pair)
    {
        var equals = pair.IndexOf('=');
        var name = equals < 0 ? pair : pair[..equals];
        return name.SequenceEqual(Name) || (name.Contains('%') && Decode(name) == Name);
    }

    private static string Decode(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text.ToString().Replace('+', ' '));
}
