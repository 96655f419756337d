namespace PyAirtable.Load.Systems;

/// <summary>Which system is put under load.</summary>
/// <param name="Url">Gateway of one that runs; null to start one.</param>
/// <param name="Key">Its API key.</param>
/// <param name="Services">Starts three executables instead of the all-in-one.</param>
/// <param name="Postgres">Starts a PostgreSQL for it, instead of SQLite.</param>
/// <param name="LogFolder">Where the servers' logs are kept; null to drop them.</param>
/// <param name="Core">The only core of the servers; null for all.</param>
internal sealed record SystemOptions(Uri? Url, string Key, bool Services, bool Postgres, string? LogFolder, int? Core = null);
