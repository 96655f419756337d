namespace PyAirtable.Platform.Accounts;

/// <summary>What an account has done, for the statistics.</summary>
/// <param name="Type">Such as <c>user_login</c>.</param>
/// <param name="UserId">Whose account.</param>
/// <param name="Data">JSON of what clients see of it.</param>
/// <param name="Time">When; UTC.</param>
/// <param name="IpAddress">From where, 45 characters at most.</param>
/// <param name="UserAgent">By what program.</param>
internal sealed record AccountEvent(string Type, int UserId, string Data, DateTime Time, string IpAddress, string UserAgent);
