namespace PyAirtable.Hosting.Data;

/// <summary>A migration that would be applied now.</summary>
/// <param name="Step">Which.</param>
/// <param name="Sql">What it would run.</param>
public sealed record PlannedMigration(MigrationStep Step, string Sql);
