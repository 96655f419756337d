namespace PyAirtable.Hosting.Logging;

/// <summary>How log lines are written.</summary>
public enum LogFormat
{
    /// <summary>One JSON object per line, for machines.</summary>
    Json,

    /// <summary>One readable line per message, without colour.</summary>
    Terminal,

    /// <summary>One readable line per message, coloured by ANSI sequences.</summary>
    TerminalColor,
}
