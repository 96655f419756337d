using System.Diagnostics.CodeAnalysis;

namespace PyAirtable.Hosting.Security;

/// <summary>Result of checking a token.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Claims">What the token says, if it is valid.</param>
public readonly record struct TokenCheck(TokenOutcome Outcome, TokenClaims? Claims = null)
{
    /// <summary>True if the token is good and <see cref="Claims"/> are there.</summary>
    [MemberNotNullWhen(true, nameof(Claims))]
    public bool IsValid => Outcome is TokenOutcome.Valid;
}
