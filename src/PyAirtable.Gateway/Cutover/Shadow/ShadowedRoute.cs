namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>Requests that are copied though their method is not safe.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">All at and under it, as clients send it.</param>
public sealed record ShadowedRoute(string Method, string Path)
{
    /// <summary>Reads a comma list of <c>METHOD /path</c>.</summary>
    public static bool TryParseList(string text, out IReadOnlyList<ShadowedRoute> value)
    {
        var routes = new List<ShadowedRoute>();
        value = routes;
        foreach (var item in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (item.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [("POST" or "PUT" or "PATCH" or "DELETE") and var method, ['/', _, ..] and var path])
            {
                return false;
            }
            routes.Add(new ShadowedRoute(method, path.TrimEnd('/')));
        }
        return true;
    }

    /// <summary>Whether a request is one of these.</summary>
    public bool Matches(string method, ReadOnlySpan<char> path) =>
        method == Method && path.StartsWith(Path) && (path.Length == Path.Length || path[Path.Length] == '/');
}
