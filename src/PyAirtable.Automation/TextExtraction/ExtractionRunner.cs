using PyAirtable.Automation.TextExtraction.Isolation;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>Extracts files within their time, each on a thread of its own: reading blocks, and a child lives as long as the thread that started it.</summary>
/// <param name="process">Extracts in a child process.</param>
/// <param name="timeout">Time that one file may take.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExtractionRunner(ExtractionProcess process, TimeSpan timeout, TimeProvider clock)
{
    /// <summary>How the error of one that ran out of time begins (automation contract, defect D18).</summary>
    public const string TimedOut = "Extraction failed: timed out after";

    // Small texts are read here: their reader takes a few times their size, and a process would take longer. Tables are not, however
    // small: each cell that a short row leaves out is printed.
    private const int MostBytesHere = 1024 * 1024;

    private readonly TextExtractors _extractors = new(maxPdfPages: 0);

    /// <summary>The text of a file, or why there is none.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; running out of time is a result instead.</exception>
    public Task<ExtractedText> ExtractAsync(string path, CancellationToken cancel) =>
        Task.Factory.StartNew(() => Extract(path, cancel), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private ExtractedText Extract(string path, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            return IsSmallText(path) ? _extractors.Extract(path, either.Token) : process.Extract(path, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new("", TextExtractors.MetadataOf(path), $"{TimedOut} {(long)timeout.TotalSeconds} seconds");
        }
    }

    private static bool IsSmallText(string path) =>
        Path.GetExtension(path.AsSpan()).Equals(".txt", StringComparison.OrdinalIgnoreCase) && new FileInfo(path) is { Exists: true, Length: <= MostBytesHere };
}
