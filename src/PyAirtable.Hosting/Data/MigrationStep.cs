namespace PyAirtable.Hosting.Data;

/// <summary>A migration that is not applied yet.</summary>
/// <param name="Module">Name of its <see cref="MigrationSet"/>.</param>
/// <param name="Version">Its number, from 1.</param>
/// <param name="Name">What follows the number in the file's name.</param>
public sealed record MigrationStep(string Module, int Version, string Name)
{
    /// <summary>As people read it: <c>platform 0001_users</c>.</summary>
    public override string ToString() => $"{Module} {Version:D4}_{Name}";
}
