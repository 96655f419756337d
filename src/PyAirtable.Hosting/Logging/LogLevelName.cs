using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Logging;

/// <summary>Level names of Python's and Go's loggers and of .NET, in any case.</summary>
public static class LogLevelName
{
    /// <summary>Reads a level's name. False, with <see cref="LogLevel.Information"/>, where it is none; the contracts take that level then.</summary>
    public static bool TryParse(string? name, out LogLevel level)
    {
        LogLevel? known = name?.Trim().ToUpperInvariant() switch
        {
            "TRACE" or "NOTSET" => LogLevel.Trace,
            "DEBUG" => LogLevel.Debug,
            "INFO" or "INFORMATION" or "NOTICE" => LogLevel.Information,
            "WARN" or "WARNING" => LogLevel.Warning,
            "ERROR" => LogLevel.Error,
            "CRITICAL" or "FATAL" or "PANIC" => LogLevel.Critical,
            "NONE" or "OFF" or "DISABLED" => LogLevel.None,
            _ => null,
        };
        level = known ?? LogLevel.Information;
        return known is not null;
    }

    internal static ReadOnlySpan<byte> Json(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace"u8,
        LogLevel.Debug => "debug"u8,
        LogLevel.Warning => "warn"u8,
        LogLevel.Error => "error"u8,
        LogLevel.Critical => "critical"u8,
        _ => "info"u8,
    };

    /// <summary>Five letters, so that messages stand in one column.</summary>
    internal static ReadOnlySpan<byte> Column(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE"u8,
        LogLevel.Debug => "DEBUG"u8,
        LogLevel.Warning => "WARN "u8,
        LogLevel.Error => "ERROR"u8,
        LogLevel.Critical => "FATAL"u8,
        _ => "INFO "u8,
    };
}
