namespace PyAirtable.Hosting.Security;

/// <summary>What pages of other origins may do.</summary>
public sealed class CorsOptions
{
    /// <summary>Origins such as <c>https://app.example.com</c>, or <c>*</c> for any. Blanks around entries are dropped.</summary>
    public required IReadOnlyList<string> Origins { get; init; }

    /// <summary>Methods in the order in which they are named to clients.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Request headers that are allowed, in the order in which they are named to clients; null allows any. Headers that need no leave, such as <c>Accept</c>, must be listed too.</summary>
    public IReadOnlyList<string>? Headers { get; init; }

    /// <summary>Whether cookies may be sent along. A module that lets any origin in should say false.</summary>
    public bool Credentials { get; init; }

    /// <summary>Answer headers that scripts may read. Default: none.</summary>
    public IReadOnlyList<string> ExposedHeaders { get; init; } = [];

    /// <summary>Seconds for which a browser may remember a preflight. Default 600.</summary>
    public int MaxAgeSeconds { get; init; } = 600;
}
