namespace PyAirtable.Hosting.Security;

/// <summary>What a request's API key is worth.</summary>
public enum ApiKeyCheck
{
    /// <summary>No key, or an empty one.</summary>
    Missing,

    /// <summary>A key that is none of the known.</summary>
    Wrong,

    /// <summary>One of the known keys.</summary>
    Right,
}
