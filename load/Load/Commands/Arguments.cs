using System.Globalization;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Commands;

/// <summary>The command line.</summary>
/// <param name="Command">Scenario or other command; empty for help.</param>
/// <param name="Rate">Iterations a second (copies, for closed load); null for the scenario's own.</param>
/// <param name="During">How long; null for the scenario's own.</param>
/// <param name="Services">Whether three services are started.</param>
/// <param name="Postgres">Whether a PostgreSQL is started.</param>
/// <param name="KeepLogs">Whether the servers' logs are kept.</param>
/// <param name="Url">Gateway of a running system; null to start one.</param>
/// <param name="Key">Its API key.</param>
/// <param name="Output">Folder of the reports.</param>
/// <param name="Targets">The file of targets.</param>
internal sealed record Arguments(
    string Command = "", double? Rate = null, TimeSpan? During = null, bool Services = false, bool Postgres = false, bool KeepLogs = false, Uri? Url = null,
    string Key = "", string Output = "artifacts/load", string Targets = "load/slo.json")
{
    private static readonly string[] Commands = ["--help", "-h", "--list", "--slo"];

    /// <summary>Reads them.</summary>
    /// <exception cref="FormatException">One is not known or lacks its value; the message says which.</exception>
    public static Arguments Read(IReadOnlyList<string> words)
    {
        var read = new Arguments();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            string Value() => ++i < words.Count ? words[i] : throw new FormatException($"{word} needs a value");
            read = word switch
            {
                "--rate" => read with { Rate = Number(word, Value()) },
                "--seconds" => read with { During = TimeSpan.FromSeconds(Number(word, Value())) },
                "--hours" => read with { During = TimeSpan.FromHours(Number(word, Value())) },
                "--services" => read with { Services = true },
                "--postgres" => read with { Postgres = true },
                "--keep-logs" => read with { KeepLogs = true },
                "--url" => read with { Url = Address(Value()) },
                "--key" => read with { Key = Value() },
                "--output" => read with { Output = Value() },
                "--targets" => read with { Targets = Value() },
                _ when read.Command.Length == 0 && (!word.StartsWith('-') || Commands.Contains(word)) => read with { Command = word },
                _ => throw new FormatException($"\"{word}\" is not known; see load/run --help"),
            };
        }
        return read.Url is null || !(read.Services || read.Postgres) ? read : throw new FormatException("--services and --postgres are for systems that are started here, not for --url");
    }

    /// <summary>The system that is meant.</summary>
    /// <param name="name">Names the folder of its logs.</param>
    public SystemOptions System(string name) => new(Url, Key, Services, Postgres, KeepLogs ? Path.GetFullPath(Path.Combine(Output, name)) : null);

    private static double Number(string option, string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw new FormatException($"{option} needs a number above 0, not \"{text}\"");

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : throw new FormatException($"\"{text}\" is no URL");
}
