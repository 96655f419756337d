namespace PyAirtable.Platform.Sessions;

/// <summary>How the rotation of a refresh token ended.</summary>
internal enum RotationOutcome
{
    /// <summary>There is none, or it is revoked or expired.</summary>
    Refused,

    /// <summary>It was rotated longer ago than the reuse interval: whoever presents it may have stolen it .</summary>
    Reused,

    /// <summary>It was good, but its user is not: it is used up .</summary>
    NoUser,

    /// <summary>Its successor is stored.</summary>
    Rotated,
}
