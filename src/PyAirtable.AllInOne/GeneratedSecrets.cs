using System.Security.Cryptography;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.AllInOne;

/// <summary>
/// The API key and the JWT secret that the all-in-one makes for itself when none is set: kept in the data folder, one file
/// each, readable by the owner only, so that keys and tokens live on over a restart.
/// </summary>
internal sealed class GeneratedSecrets
{
    private const int SecretBytes = 32;

    private const string ApiKey = "API_KEY";
    private static readonly string[] Names = [ApiKey, "JWT_SECRET"];

    private readonly string _folder;
    private readonly Dictionary<string, string> _made = [];

    private bool _usesOwnKey;

    private GeneratedSecrets(string dataDirectory) => _folder = Path.Combine(dataDirectory, "secrets");

    /// <summary>Finds those of the data folder that the given layers name; nothing is written.</summary>
    public static GeneratedSecrets For(IReadOnlyList<SettingLayer> layers) =>
        new(new SettingsReader(layers).Text("DATA_DIR", "./data", ""));

    /// <summary>The secrets as settings: from the folder, or new ones held in memory until <see cref="Save"/>.</summary>
    public SettingLayer Layer => new($"made and kept in {_folder}", name => Names.Contains(name) ? Find(name) : null) { Files = Array.ConvertAll(Names, PathOf) };

    /// <summary>What the banner says of the API key in force.</summary>
    public BannerKey KeyForBanner => _usesOwnKey
        ? new(_made.TryGetValue(ApiKey, out var made) ? $"{made}   (kept in {PathOf(ApiKey)})" : $"kept in {PathOf(ApiKey)}", $"$(cat {PathOf(ApiKey)})")
        : new("as set in API_KEY", "$API_KEY");

    /// <summary>Writes what was made, so that the next start finds it.</summary>
    public void Save()
    {
        if (_made.Count == 0)
        {
            return;
        }
        Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var (name, secret) in _made)
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using var file = new StreamWriter(PathOf(name), options);
            file.WriteLine(secret);
        }
    }

    private string Find(string name)
    {
        _usesOwnKey |= name == ApiKey;
        if (_made.TryGetValue(name, out var made))
        {
            return made;
        }
        try
        {
            return File.ReadAllText(PathOf(name)).Trim();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return _made[name] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        }
    }

    private string PathOf(string name) => Path.Combine(_folder, name.ToLowerInvariant());
}
