using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.Sessions;

/// <summary>What came of a presented refresh token.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Place">Whose it was; null for one that nobody knows.</param>
/// <param name="User">The user of a rotated one, as the rotation saw it.</param>
internal sealed record Rotation(RotationOutcome Outcome, SessionPlace? Place = null, User? User = null);
