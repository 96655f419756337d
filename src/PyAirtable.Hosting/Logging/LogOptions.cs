using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Logging;

/// <summary>What is logged, and how.</summary>
/// <param name="Level">The least level that is written; <see cref="LogLevel.None"/> writes nothing.</param>
/// <param name="Format">Form of the lines.</param>
public sealed record LogOptions(LogLevel Level, LogFormat Format)
{
    /// <summary>
    /// The form that suits an output. <c>LOG_FORMAT</c> decides where it is set (<c>json</c>, else readable lines);
    /// without it a terminal gets readable lines and anything else JSON. Colour needs a terminal, and neither
    /// <c>NO_COLOR</c> (any non-empty value, see no-color.org) nor <c>TERM=dumb</c>.
    /// </summary>
    public static LogFormat ForOutput(bool isTerminal, string? noColor, string? logFormat, string? term = null)
    {
        var json = string.IsNullOrWhiteSpace(logFormat)
            ? !isTerminal
            : logFormat.AsSpan().Trim().Equals("json", StringComparison.OrdinalIgnoreCase);
        if (json)
        {
            return LogFormat.Json;
        }

        return isTerminal && string.IsNullOrEmpty(noColor) && term != "dumb" ? LogFormat.TerminalColor : LogFormat.Terminal;
    }
}
