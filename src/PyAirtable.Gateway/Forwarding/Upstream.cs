namespace PyAirtable.Gateway.Forwarding;

/// <summary>A service behind the gateway.</summary>
/// <param name="Name">Its name in health answers and logs, such as <c>airtable-gateway</c>.</param>
/// <param name="BaseUrl">What the paths of its requests are appended to, as plain text: a path in it is kept.</param>
/// <param name="Timeout">How long it may take to accept a connection, and be silent in one.</param>
public sealed record Upstream(string Name, string BaseUrl, TimeSpan Timeout)
{
    // The path goes up as it was sent: without this, Uri decodes what need not be encoded.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Short name of the module of this process that stands in for it; null where it is reached over the network.</summary>
    public string? LocalService { get; init; }

    /// <summary>The address of a path with its query, both encoded.</summary>
    public Uri AddressOf(string pathAndQuery) => new(BaseUrl + pathAndQuery, AsWritten);
}
