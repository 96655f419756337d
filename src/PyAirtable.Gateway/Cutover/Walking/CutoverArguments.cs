using System.Globalization;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway.Cutover.Walking;

/// <summary>What follows <c>cutover</c> on a command line.</summary>
internal sealed record CutoverArguments
{
    /// <summary><c>show</c>, <c>set</c> or <c>walk</c>.</summary>
    public string Action { get; private init; } = "show";

    /// <summary>The group; empty for <c>show</c>.</summary>
    public string Group { get; private init; } = "";

    /// <summary>The weight, or the weights to walk through.</summary>
    public IReadOnlyList<int> Weights { get; private init; } = [10, 50, 100];

    /// <summary>How long a walk stays at each weight. Default 5 minutes.</summary>
    public TimeSpan Bake { get; private init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where the gateway is; null for this machine.</summary>
    public string? Url { get; private init; }

    /// <summary>Reads the words; null where they are others.</summary>
    public static CutoverArguments? Parse(IReadOnlyList<string> words)
    {
        var plain = new List<string>();
        var found = new CutoverArguments();
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                plain.Add(words[i]);
            }
            else if (++i == words.Count || found.With(words[i - 1], words[i]) is not { } more)
            {
                return null;
            }
            else
            {
                found = more;
            }
        }
        return plain switch
        {
            [] or ["show"] => found,
            ["set", var group, var weight] when ParseWeights(weight) is [var one] => found with { Action = "set", Group = group, Weights = [one] },
            ["walk", var group] => found with { Action = "walk", Group = group },
            _ => null,
        };
    }

    private CutoverArguments? With(string option, string value) => option switch
    {
        "--url" when SettingParsers.HttpUrl(value, out var url) => this with { Url = url.TrimEnd('/') },
        "--steps" when ParseWeights(value) is { } weights => this with { Weights = weights },
        "--bake" when SettingParsers.Duration(value, out var time) && time > TimeSpan.Zero => this with { Bake = time },
        _ => null,
    };

    private static int[]? ParseWeights(string text)
    {
        var weights = new List<int>();
        foreach (var item in text.Split(','))
        {
            if (!int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var weight) || weight > 100)
            {
                return null;
            }
            weights.Add(weight);
        }
        return [.. weights];
    }
}
