using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace PyAirtable.Hosting.Data;

/// <summary>One embedded SQL file.</summary>
internal sealed record Migration(MigrationStep Step, string Sql, string Checksum)
{
    /// <summary>The set's files for the engine, in the order of their numbers.</summary>
    /// <exception cref="MigrationException">There are none, a name is malformed or a number occurs twice.</exception>
    public static List<Migration> Load(MigrationSet set, DatabaseEngine engine)
    {
        var folder = $"{set.ResourcePrefix}{(engine == DatabaseEngine.Sqlite ? "Sqlite" : "PostgreSql")}/";
        var found = new SortedDictionary<int, Migration>();
        foreach (var resource in set.Assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(folder, StringComparison.Ordinal))
            {
                continue;
            }

            var migration = Read(set, resource, resource[folder.Length..]);
            if (!found.TryAdd(migration.Step.Version, migration))
            {
                throw new MigrationException($"Two migrations of {set.Name} have the number {migration.Step.Version}");
            }
        }

        return found.Count > 0 ? [.. found.Values] : throw new MigrationException($"The module {set.Name} has no migrations under {folder}");
    }

    private static Migration Read(MigrationSet set, string resource, string file)
    {
        var (name, known) = file.Split('#') is [var before, var hash] ? (before + ".sql", hash[..^4].ToLowerInvariant()) : (file, null);
        if (name is not [_, _, _, _, '_', _, .., '.', 's', 'q', 'l'] || !int.TryParse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            throw new MigrationException($"The migration {set.Name} {name} is not named like 0001_what_it_does.sql");
        }

        using var stream = set.Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new(new(set.Name, version, name[5..^4]), Encoding.UTF8.GetString(bytes), known ?? Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
