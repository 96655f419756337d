namespace PyAirtable.Platform.Sessions;

/// <summary>How long sessions last (platform contract 8.6).</summary>
/// <param name="Lifetime">How long a refresh token lives, counted anew at each rotation. Default 7 days.</param>
/// <param name="ReuseInterval">How long after its rotation a token may be presented again, as parallel tabs of a browser do.
/// Default 10 seconds; zero for never.</param>
public sealed record SessionOptions(TimeSpan Lifetime, TimeSpan ReuseInterval);
