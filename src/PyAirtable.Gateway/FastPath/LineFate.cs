namespace PyAirtable.Gateway.FastPath;

/// <summary>What becomes of a line of a request's head.</summary>
internal enum LineFate
{
    /// <summary>It goes to the upstream as it is.</summary>
    Passes,

    /// <summary>It stays here, and is written anew where the upstream needs it.</summary>
    Stays,

    /// <summary>It makes the request an unusual one.</summary>
    NeedsThought,
}
