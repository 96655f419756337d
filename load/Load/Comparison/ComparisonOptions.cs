using System.Globalization;

namespace PyAirtable.Load.Comparison;

/// <summary>How long a comparison takes.</summary>
/// <param name="Rounds">Rounds, in each of which both sides run by themselves.</param>
/// <param name="During">Time of each route in a round.</param>
/// <param name="Output">Folder of the reports.</param>
internal sealed record ComparisonOptions(int Rounds, TimeSpan During, string Output)
{
    private static readonly ComparisonOptions Usual = new(5, TimeSpan.FromSeconds(8), "artifacts/load/compare");

    /// <summary>Reads them.</summary>
    /// <exception cref="FormatException">One is not known or lacks its value; the message says which.</exception>
    public static ComparisonOptions Read(IReadOnlyList<string> words)
    {
        var read = Usual;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            string Value() => ++i < words.Count ? words[i] : throw new FormatException($"{word} needs a value");
            read = word switch
            {
                "--quick" => read with { Rounds = 2, During = TimeSpan.FromSeconds(3) },
                "--rounds" => read with { Rounds = Number(word, Value()) },
                "--seconds" => read with { During = TimeSpan.FromSeconds(Number(word, Value())) },
                "--output" => read with { Output = Value() },
                _ => throw new FormatException($"\"{word}\" is not known; see load/compare --help"),
            };
        }
        return read;
    }

    private static int Number(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw new FormatException($"{option} needs a whole number above 0, not \"{text}\"");
}
