namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>Something in which two answers differ.</summary>
/// <param name="Kind"><c>status</c>, <c>header</c>, <c>json</c> or <c>body</c>.</param>
/// <param name="Place">Name of the header, or place in the JSON such as <c>items[*].name</c>; else empty.</param>
/// <param name="First">What the one has, shortened and without secrets.</param>
/// <param name="Second">What the other has.</param>
internal sealed record Difference(string Kind, string Place, string First, string Second)
{
    /// <summary>The same seen from the other answer.</summary>
    public Difference Turned() => new(Kind, Place, Second, First);
}
