namespace PyAirtable.Platform.Accounts;

/// <summary>How a login ended.</summary>
internal enum LoginOutcome
{
    /// <summary>Address and password are not those of an account.</summary>
    Refused,

    /// <summary>Too many have failed.</summary>
    Throttled,

    /// <summary>They are those of an account that is not active.</summary>
    Inactive,

    /// <summary>A session has begun.</summary>
    Opened,
}
