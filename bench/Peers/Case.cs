namespace PyAirtable.Bench.Peers;

/// <summary>A kind of load.</summary>
/// <param name="Connections">Connections, each with one request under way at any time.</param>
/// <param name="Bytes">Length of the answer's body, and of the request's with POST.</param>
/// <param name="Method">GET or POST.</param>
internal sealed record Case(int Connections, int Bytes, string Method)
{
    /// <summary>All that are compared.</summary>
    public static readonly IReadOnlyList<Case> All =
        [.. from connections in (int[])[64, 512] from bytes in (int[])[250, 16384] from method in (string[])["GET", "POST"] select new Case(connections, bytes, method)];

    /// <summary>Its name in tables and on the command line, such as <c>64-250-GET</c>.</summary>
    public string Name => $"{Connections}-{Bytes}-{Method}";
}
