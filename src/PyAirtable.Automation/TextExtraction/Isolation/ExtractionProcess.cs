using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace PyAirtable.Automation.TextExtraction.Isolation;

/// <summary>The side of an extraction that waits for it: starts the child, reads what it found, and kills it when that takes too long.</summary>
/// <param name="command">The child's executable and first arguments.</param>
/// <param name="memory">Bytes that the child may take.</param>
/// <param name="timeout">Processor time that it may take: a last resort, the caller's token comes first.</param>
/// <param name="maxPdfPages">Pages of a PDF that it reads.</param>
/// <param name="log">Where failures go.</param>
internal sealed partial class ExtractionProcess(IReadOnlyList<string> command, long memory, TimeSpan timeout, int maxPdfPages, ILogger log)
{
    public const string Stopped = "Extraction failed: the extractor stopped unexpectedly";

    /// <summary>
    /// This executable itself, by the link that names it even when its file has been replaced. The link is resolved in the child, which is
    /// a copy of this process until then.
    /// </summary>
    public static IReadOnlyList<string> Self { get; } = ["/proc/self/exe", ExtractionChild.Verb];

    /// <summary>The result for a file. It blocks its thread, on whose life the child's depends.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the child is dead.</exception>
    public ExtractedText Extract(string path, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var child = Process.Start(Describe(path))!;
        // The process does not close what it has handed out.
        using var output = child.StandardOutput;
        using var killing = cancel.Register(static child => ((Process)child!).Kill(), child);
        ExtractedText? found = null;
        try
        {
            child.StandardInput.Close();
            found = ExtractionFrame.Read(output.BaseStream);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // It ended before its result did, or wrote something else.
        }
        var hasEnded = found is null && child.WaitForExit(TimeSpan.FromSeconds(1));
        child.Kill();
        child.WaitForExit();
        cancel.ThrowIfCancellationRequested();
        if (found is null)
        {
            LogStopped(Path.GetFileName(path), hasEnded ? child.ExitCode : 0);
        }
        return found ?? new("", TextExtractors.MetadataOf(path), Stopped);
    }

    private ProcessStartInfo Describe(string path)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }
        start.ArgumentList.Add(Path.GetFullPath(path));
        start.ArgumentList.Add(memory.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(Math.Ceiling(timeout.TotalSeconds).ToString("F0", CultureInfo.InvariantCulture));
        start.ArgumentList.Add(maxPdfPages.ToString(CultureInfo.InvariantCulture));
        // No secret of this process is the child's. Numbers of the runtime are hexadecimal.
        start.Environment.Clear();
        start.Environment["DOTNET_GCHeapHardLimit"] = memory.ToString("x", CultureInfo.InvariantCulture);
        return start;
    }

    [LoggerMessage(EventId = 54, Level = LogLevel.Error, Message = "the extractor of {File} stopped unexpectedly, exit code {ExitCode}")]
    private partial void LogStopped(string file, int exitCode);
}
