using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Logging;

/// <summary>The thread that writes what is in the buffer, one stream write per wake-up.</summary>
internal sealed class LogWriter
{
    private static readonly TimeSpan DropReportInterval = TimeSpan.FromSeconds(1);

    private readonly LogBuffer _buffer;
    private readonly Stream _output;
    private readonly ILineFormat _format;
    private readonly TimeProvider _clock;
    private readonly Utf8Line _line = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _flush;
    private long _unreported;
    private long _reportedAt;
    private bool _broken;

    public LogWriter(LogBuffer buffer, Stream output, ILineFormat format, TimeProvider clock)
    {
        _buffer = buffer;
        _output = output;
        _format = format;
        _clock = clock;
        _reportedAt = clock.GetTimestamp() - clock.TimestampFrequency;
        new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "log" }.Start();
    }

    /// <summary>Completes when the buffer is closed and written.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Completes when what is there now is written.</summary>
    public Task FlushAsync()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var flush = Interlocked.CompareExchange(ref _flush, mine, null) ?? mine;
        _buffer.Hurry();
        return Task.WhenAny(flush.Task, Completion);
    }

    private void Run()
    {
        while (true)
        {
            var flush = Interlocked.Exchange(ref _flush, null);
            var wait = flush is not null ? TimeSpan.Zero : _unreported > 0 ? DropReportInterval : Timeout.InfiniteTimeSpan;
            var open = _buffer.Take(wait, out var lines, out var dropped);
            _unreported += dropped;
            Send(lines);
            ReportDropped(now: flush is not null || !open);
            flush?.TrySetResult();
            if (!open)
            {
                Interlocked.Exchange(ref _flush, null)?.TrySetResult();
                _completion.TrySetResult();
                return;
            }
        }
    }

    private void ReportDropped(bool now)
    {
        if (_unreported == 0 || (!now && _clock.GetElapsedTime(_reportedAt) < DropReportInterval))
        {
            return;
        }

        var message = new LogMessage(
            LogLevel.Warning, "PyAirtable.Logging", 0, "log_dropped", [new LogValue("dropped", _unreported, InText: false)], null, null);
        _line.Clear();
        _format.Write(_clock.GetUtcNow().Ticks, message, _line);
        Send(_line.Written);
        _unreported = 0;
        _reportedAt = _clock.GetTimestamp();
    }

    private void Send(ReadOnlySpan<byte> lines)
    {
        try
        {
            if (!_broken && !lines.IsEmpty)
            {
                _output.Write(lines);
                _output.Flush();
            }
        }
        catch (Exception)
        {
            // Nobody reads the log any more, and there is nowhere else to say so.
            _broken = true;
        }
    }
}
