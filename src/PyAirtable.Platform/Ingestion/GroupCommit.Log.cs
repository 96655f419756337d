using Microsoft.Extensions.Logging;

namespace PyAirtable.Platform.Ingestion;

internal sealed partial class GroupCommit<TRow>
{
    private void NoteAway(Exception error)
    {
        if (!_away)
        {
            _away = true;
            LogAway(_log, error);
        }
    }

    private void NoteBack()
    {
        if (_away)
        {
            _away = false;
            LogBack(_log);
        }
    }

    [LoggerMessage(EventId = 120, Level = LogLevel.Error, Message = "the database does not store rows; requests are answered 503 until it does")]
    private static partial void LogAway(ILogger logger, Exception error);

    [LoggerMessage(EventId = 121, Level = LogLevel.Information, Message = "the database stores rows again")]
    private static partial void LogBack(ILogger logger);

    [LoggerMessage(EventId = 122, Level = LogLevel.Error, Message = "the database refused the {Rows} rows of a request")]
    private static partial void LogRefused(ILogger logger, Exception error, int rows);
}
