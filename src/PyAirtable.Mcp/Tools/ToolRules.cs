namespace PyAirtable.Mcp.Tools;

/// <summary>Which tools each API key may call: a list of those allowed, or of those denied.</summary>
public sealed class ToolRules
{
    private const string AnyKey = "*";

    private readonly Dictionary<int, Rule> _byKey = [];
    private Rule? _others;

    private ToolRules()
    {
    }

    /// <summary>Every key may call every tool.</summary>
    public static ToolRules None { get; } = new();

    /// <summary>Reads <c>KEY=tool,tool;KEY=!tool;*=tool</c>.</summary>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="keys">The keys that there are; a rule's key is one of them, or <c>*</c> for all without a rule.</param>
    /// <param name="rules">The rules.</param>
    public static bool TryParse(string text, IReadOnlyList<string> keys, out ToolRules rules)
    {
        rules = new ToolRules();
        foreach (var entry in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = entry.LastIndexOf('=');
            if (equals <= 0 || Rule.Parse(entry[(equals + 1)..]) is not { } rule)
            {
                return false;
            }
            var key = entry[..equals].Trim();
            var index = keys.Where(static known => known.Length > 0).ToList().IndexOf(key);
            if (key == AnyKey)
            {
                rules._others = rule;
            }
            else if (index < 0 || !rules._byKey.TryAdd(index, rule))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The same rules for keys that stand at other places.</summary>
    /// <param name="places">Place of each key.</param>
    /// <param name="before">Rules of keys that are about to count no more, and keep them until then.</param>
    internal ToolRules Moved(IReadOnlyList<int> places, ToolRules before)
    {
        var moved = new ToolRules { _others = _others };
        foreach (var (place, rule) in before._byKey)
        {
            if (!places.Contains(place))
            {
                moved._byKey.Add(place, rule);
            }
        }
        foreach (var (key, rule) in _byKey)
        {
            moved._byKey.Add(places[key], rule);
        }
        return moved;
    }

    /// <summary>Whether a caller may call the tool.</summary>
    /// <param name="key">Index of its key; negative for a caller without one.</param>
    /// <param name="tool">The tool's name.</param>
    public bool Allow(int key, string tool) => (_byKey.GetValueOrDefault(key) ?? _others)?.Allows(tool) ?? true;

    private sealed record Rule(HashSet<string> Tools, bool Denies)
    {
        public bool Allows(string tool) => Tools.Contains(tool) != Denies;

        public static Rule? Parse(string text)
        {
            var names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var denied = names.Count(static name => name[0] == '!');
            return denied == 0 ? new Rule([.. names], Denies: false)
                : denied == names.Length ? new Rule([.. names.Select(static name => name[1..])], Denies: true)
                : null;
        }
    }
}
