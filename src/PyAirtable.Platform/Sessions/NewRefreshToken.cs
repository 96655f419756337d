namespace PyAirtable.Platform.Sessions;

/// <summary>A refresh token that is about to be stored.</summary>
/// <param name="Hash">What is stored of it.</param>
/// <param name="CreatedAt">Now.</param>
/// <param name="ExpiresAt">When it stops being good.</param>
internal sealed record NewRefreshToken(string Hash, DateTime CreatedAt, DateTime ExpiresAt);
