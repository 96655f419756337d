namespace PyAirtable.Gateway.FastPath;

/// <summary>What becomes of a connection after a request.</summary>
internal enum FastEnding
{
    /// <summary>The next request may come.</summary>
    Stays,

    /// <summary>It ends.</summary>
    Closes,

    /// <summary>The request is still there, and the server is to answer it.</summary>
    Refused,
}
