using PyAirtable.Hosting.Security;

namespace PyAirtable.Mcp.Protocol;

/// <summary>
/// The keys of clients, each at a place that stays its own: a session knows its key by the place, so that no other key may ever come to stand there.
/// </summary>
internal sealed class ClientKeys
{
    private volatile List<string> _places;

    /// <summary>The keys at the start, at their places.</summary>
    public ClientKeys(IEnumerable<string> keys)
    {
        _places = [.. keys.Where(static key => key.Length > 0)];
        Checks = new ApiKeys(_places);
        InForce = Enumerable.Range(0, _places.Count).ToHashSet();
    }

    /// <summary>Finds the place of a key.</summary>
    public ApiKeys Checks { get; }

    /// <summary>Other keys count from now on. Those that stay keep their places.</summary>
    /// <param name="keys">All keys.</param>
    /// <param name="before">Called before they count, with the place of each, without the empty ones.</param>
    public void Replace(IEnumerable<string> keys, Action<IReadOnlyList<int>> before)
    {
        var next = keys.Where(static key => key.Length > 0).ToList();
        // What nobody knows opens nothing.
        var places = _places.ConvertAll(key => next.Contains(key) ? key : $"{Guid.NewGuid():N}{Guid.NewGuid():N}");
        places.AddRange(next.Where(key => !places.Contains(key)).Distinct().ToList());
        var found = next.ConvertAll(key => places.IndexOf(key));
        before(found);
        _places = places;
        Checks.Replace(places);
        InForce = found.ToHashSet();
    }

    /// <summary>Places of the keys that count.</summary>
    public IReadOnlySet<int> InForce { get; private set; }
}
