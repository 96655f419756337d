using PyAirtable.Platform.Sessions;

namespace PyAirtable.Platform.Accounts;

/// <summary>What came of a login.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Session">The session, if one has begun.</param>
/// <param name="Wait">After what time to try again, if it was throttled.</param>
internal sealed record LoginResult(LoginOutcome Outcome, Session? Session = null, TimeSpan Wait = default);
