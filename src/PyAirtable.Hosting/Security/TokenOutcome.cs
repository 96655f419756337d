namespace PyAirtable.Hosting.Security;

/// <summary>How the check of a token ended, as far as answers differ by it (platform contract 1.5 and 8.2).</summary>
public enum TokenOutcome
{
    /// <summary>Malformed, wrongly signed, of another algorithm, issuer or type, from the future, for an audience, or without expiry.</summary>
    Invalid,

    /// <summary>Rightly signed, but its time is over.</summary>
    Expired,

    /// <summary>Good, but it names no user by a 32-bit integer.</summary>
    NoUser,

    /// <summary>Good, but its user is 0.</summary>
    ZeroUser,

    /// <summary>Good.</summary>
    Valid,
}
