namespace PyAirtable.Hosting.Settings;

/// <summary>Turns the text of a setting into its value; false when the text is none.</summary>
public delegate bool SettingParser<T>(string text, out T value);

/// <summary>
/// Reads settings from layers (environment, <c>.env</c>, an executable's own values), records each as declared, and collects
/// every mistake instead of stopping at the first. The typed forms are in the other part of this class.
/// </summary>
/// <remarks>A variable set to the empty text counts as unset. A secret may be given by file: <c>NAME_FILE</c> holds its path.</remarks>
public sealed partial class SettingsReader(IReadOnlyList<SettingLayer> layers)
{
    private const long MaxSecretFileBytes = 64 * 1024;

    private readonly List<SettingEntry> _entries = [];
    private readonly List<SettingError> _errors = [];
    private readonly HashSet<string> _files = [.. layers.SelectMany(layer => layer.Files)];
    private readonly Dictionary<Type, object> _kept = [];

    /// <summary>Heading for the settings read from here on, such as <c>Gateway</c>.</summary>
    public string Section { get; set; } = "Process";

    /// <summary>What was read, in the order of reading.</summary>
    public IReadOnlyList<SettingEntry> Entries => _entries;

    /// <summary>The mistakes found so far.</summary>
    public IReadOnlyList<SettingError> Errors => _errors;

    /// <summary>The files that settings come from, there or not.</summary>
    public IReadOnlyCollection<string> Files => _files;

    /// <summary>Keeps typed settings for whoever was made with earlier ones, see <see cref="Kept"/>.</summary>
    public T Keep<T>(T settings)
        where T : class
    {
        _kept[typeof(T)] = settings;
        return settings;
    }

    /// <summary>The typed settings of a kind that were read here; null where there are none.</summary>
    public T? Kept<T>()
        where T : class => _kept.GetValueOrDefault(typeof(T)) as T;

    /// <summary>Reports a mistake that its parser does not see, such as a default secret in production. The first mistake of a setting is its only one.</summary>
    public void Fail(string name, string fault, string accepts)
    {
        if (!_errors.Exists(error => error.Name == name || error.Name == name + "_FILE"))
        {
            _errors.Add(new SettingError(name, fault, accepts));
        }
    }

    /// <summary>Reads one setting. The parser also reads <paramref name="fallback"/>, so a default is written as a user would write it.</summary>
    public T Read<T>(Setting setting, string fallback, SettingParser<T> parse)
    {
        var (text, origin, source) = Find(setting);
        _entries.Add(new SettingEntry(
            Section, setting.Name, setting.Aliases, setting.Accepts, fallback, setting.Description, setting.IsSecret, text ?? fallback, origin));
        if (parse(text ?? fallback, out var value) || text is null)
        {
            return value;
        }
        Fail(source, setting.IsSecret ? "its value is not valid" : $"\"{UrlMask.Apply(Shorten(text))}\" is not valid", setting.Accepts);
        _ = parse(fallback, out value);
        return value;
    }

    private (string? Text, string Origin, string Source) Find(Setting setting)
    {
        foreach (var name in (IEnumerable<string>)[setting.Name, .. setting.Aliases])
        {
            foreach (var layer in layers)
            {
                var text = TextOf(layer, name);
                var file = setting.IsSecret ? TextOf(layer, name + "_FILE") : null;
                if (text is not null && file is not null)
                {
                    Fail(name, $"both {name} and {name}_FILE are set", "one of the two");
                }
                if (text is not null)
                {
                    return (text, name == setting.Name ? layer.Origin : $"{layer.Origin} ({name})", name);
                }
                if (file is not null)
                {
                    return (ReadSecretFile(name, file), $"file {file}", name);
                }
            }
        }
        return (null, "default", setting.Name);
    }

    private static string? TextOf(SettingLayer layer, string name) => layer.Find(name) is { Length: > 0 } text ? text : null;

    private string? ReadSecretFile(string name, string path)
    {
        _files.Add(path);
        const string Accepts = "the path of a readable file of at most 64 KB that holds the secret";
        try
        {
            if (new FileInfo(path).Length <= MaxSecretFileBytes && File.ReadAllText(path).TrimEnd('\r', '\n') is { Length: > 0 } secret)
            {
                return secret;
            }
            Fail($"{name}_FILE", $"the file \"{path}\" is empty or too large", Accepts);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Fail($"{name}_FILE", $"the file \"{path}\" cannot be read", Accepts);
        }
        return null;
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : $"{text.AsSpan(0, 57)}...";
}
