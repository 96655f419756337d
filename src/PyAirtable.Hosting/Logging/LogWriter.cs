using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Logging;

/// <summary>The thread that formats queued entries and writes them, one stream write per wake-up.</summary>
internal sealed class LogWriter
{
    /// <summary>A batch is handed to the stream in pieces of about this many bytes.</summary>
    private const int WriteBytes = 64 * 1024;

    private static readonly TimeSpan DropReportInterval = TimeSpan.FromSeconds(1);

    private readonly LogQueue _queue;
    private readonly Stream _output;
    private readonly ILineFormat _format;
    private readonly TimeProvider _clock;
    private readonly Utf8Line _line = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _flush;
    private long _unreported;
    private long _reportedAt;
    private bool _broken;

    public LogWriter(LogQueue queue, Stream output, ILineFormat format, TimeProvider clock)
    {
        _queue = queue;
        _output = output;
        _format = format;
        _clock = clock;
        _reportedAt = clock.GetTimestamp() - clock.TimestampFrequency;
        new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "log" }.Start();
    }

    /// <summary>Completes when the queue is closed and written.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Completes when what is queued now is written.</summary>
    public Task FlushAsync()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var flush = Interlocked.CompareExchange(ref _flush, mine, null) ?? mine;
        _queue.Hurry();
        return Task.WhenAny(flush.Task, Completion);
    }

    private void Run()
    {
        while (true)
        {
            var flush = Interlocked.Exchange(ref _flush, null);
            var wait = flush is not null ? TimeSpan.Zero : _unreported > 0 ? DropReportInterval : Timeout.InfiniteTimeSpan;
            var open = _queue.Take(wait, out var batch, out var dropped);
            _unreported += dropped;
            WriteBatch(batch);
            ReportDropped(now: flush is not null || !open);
            Send();
            flush?.TrySetResult();
            if (!open)
            {
                Interlocked.Exchange(ref _flush, null)?.TrySetResult();
                _completion.TrySetResult();
                return;
            }
        }
    }

    private void WriteBatch(Span<LogEntry> batch)
    {
        foreach (ref readonly var entry in batch)
        {
            if (!_broken)
            {
                _format.Write(entry, _line);
                if (_line.Length >= WriteBytes)
                {
                    Send();
                }
            }
        }

        batch.Clear();
    }

    private void ReportDropped(bool now)
    {
        if (_unreported == 0 || (!now && _clock.GetElapsedTime(_reportedAt) < DropReportInterval))
        {
            return;
        }

        var message = new LogMessage(
            LogLevel.Warning, "PyAirtable.Logging", 0, "log_dropped", [new LogValue("dropped", _unreported, InText: false)], null, null);
        _format.Write(new LogEntry(_clock.GetUtcNow().Ticks, message, default), _line);
        _unreported = 0;
        _reportedAt = _clock.GetTimestamp();
    }

    private void Send()
    {
        try
        {
            if (!_broken && _line.Length > 0)
            {
                _output.Write(_line.Written);
                _output.Flush();
            }
        }
        catch (Exception)
        {
            // Nobody reads the log any more, and there is nowhere else to say so.
            _broken = true;
        }

        _line.Clear();
    }
}
