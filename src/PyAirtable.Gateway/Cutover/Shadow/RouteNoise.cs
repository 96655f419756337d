namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>The places that differ by themselves in the answers of a route.</summary>
/// <param name="group">Name of its group.</param>
/// <param name="route">Its template.</param>
/// <param name="places">The places.</param>
internal sealed class RouteNoise(string group, string route, List<string> places)
{
    private const int MostPlaces = 64;

    /// <summary>Name of the route's group.</summary>
    public string Group => group;

    /// <summary>Template of the route.</summary>
    public string Route => route;

    /// <summary>The places, in the order in which they were found.</summary>
    public IReadOnlyList<string> Places => places;

    /// <summary>Whether a place is one of them.</summary>
    public bool Contains(string place) => places.Contains(place);

    /// <summary>Adds a place, if there are not too many.</summary>
    public void Add(string place)
    {
        if (places.Count < MostPlaces && !places.Contains(place))
        {
            places.Add(place);
        }
    }

    /// <summary>As it is now.</summary>
    public RouteNoise Copy() => new(group, route, [.. places]);
}
