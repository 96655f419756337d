using System.Diagnostics.CodeAnalysis;

namespace PyAirtable.Platform.Tokens;

/// <summary>Result of looking for the user of a token.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Caller">Who it is, if there is one.</param>
internal readonly record struct Authentication(AuthenticationOutcome Outcome, Caller? Caller = null)
{
    /// <summary>True if there is a <see cref="Caller"/>.</summary>
    [MemberNotNullWhen(true, nameof(Caller))]
    public bool IsValid => Caller is not null;
}
