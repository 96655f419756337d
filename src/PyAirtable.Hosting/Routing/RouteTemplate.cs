namespace PyAirtable.Hosting.Routing;

/// <summary>A path template cut into segments, and its match against a path.</summary>
internal sealed class RouteTemplate
{
    private readonly string[] _segments;
    private readonly bool _takesRest;
    private readonly int _parameters;

    public RouteTemplate(string template)
    {
        Text = template;
        _segments = template[1..].Split('/');
        _takesRest = _segments[^1].StartsWith("{*", StringComparison.Ordinal);
        _parameters = _segments.Count(IsParameter);
    }

    public string Text { get; }

    public List<Route> Routes { get; } = [];

    public bool IsLiteral => _parameters == 0;

    /// <summary>The parameters' values when the path fits, else null. A parameter is one non-empty segment.</summary>
    public string[]? Match(string path)
    {
        if (!Fits(path))
        {
            return null;
        }
        var values = new string[_parameters];
        var found = 0;
        var rest = path.AsSpan(1);
        for (var i = 0; i < _segments.Length; i++)
        {
            var last = i == _segments.Length - 1;
            var segment = Next(ref rest, last && _takesRest);
            if (IsParameter(_segments[i]))
            {
                values[found++] = segment.ToString();
            }
        }
        return values;
    }

    private bool Fits(string path)
    {
        if (path.Length == 0 || path[0] != '/')
        {
            return false;
        }
        var rest = path.AsSpan(1);
        var more = true;
        for (var i = 0; i < _segments.Length; i++)
        {
            if (!more)
            {
                return false;
            }
            if (_takesRest && i == _segments.Length - 1)
            {
                return true;
            }
            more = rest.Contains('/');
            var segment = Next(ref rest, all: false);
            if (IsParameter(_segments[i]) ? segment.IsEmpty : !segment.SequenceEqual(_segments[i]))
            {
                return false;
            }
        }
        return !more;
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest, bool all)
    {
        var slash = all ? -1 : rest.IndexOf('/');
        var segment = slash < 0 ? rest : rest[..slash];
        rest = slash < 0 ? [] : rest[(slash + 1)..];
        return segment;
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{');
}
