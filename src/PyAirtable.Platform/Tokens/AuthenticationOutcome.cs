namespace PyAirtable.Platform.Tokens;

/// <summary>How the search for the user of a token ended, as far as answers differ by it (platform contract 1.5 and 8.2).</summary>
internal enum AuthenticationOutcome
{
    /// <summary>The token is bad, or it was revoked.</summary>
    Invalid,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It names no user.</summary>
    NamesNobody,

    /// <summary>Its user is 0.</summary>
    NamesZero,

    /// <summary>Its user does not exist or is not active.</summary>
    UserGone,

    /// <summary>The user could not be looked up.</summary>
    Failed,

    /// <summary>The user is known.</summary>
    Valid,
}
