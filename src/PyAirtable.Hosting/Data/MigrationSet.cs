using System.Reflection;

namespace PyAirtable.Hosting.Data;

/// <summary>
/// The migrations of one module: SQL files named <c>0001_what_it_does.sql</c>, embedded per engine under
/// <c>{ResourcePrefix}Sqlite/</c> and <c>{ResourcePrefix}PostgreSql/</c>. A name may carry the file's SHA-256, as in
/// <c>0001_what_it_does#e3b0….sql</c>; else it is computed.
/// </summary>
/// <param name="Name">Name of the module, recorded with each migration, such as <c>platform</c>.</param>
/// <param name="Assembly">The assembly that embeds the files.</param>
/// <param name="ResourcePrefix">
/// What the resources' names start with. Files in a project's <c>Storage/Migrations</c> get the prefix <c>Migrations/</c>.
/// </param>
public sealed record MigrationSet(string Name, Assembly Assembly, string ResourcePrefix);
