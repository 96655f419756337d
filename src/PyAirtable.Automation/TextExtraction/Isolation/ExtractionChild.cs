using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace PyAirtable.Automation.TextExtraction.Isolation;

/// <summary>The side of an extraction that reads the file: a short-lived process that does nothing else, so that it can be killed.</summary>
public static class ExtractionChild
{
    internal const string Verb = "extract-text";

    // For what is around the texts; these are written in larger pieces.
    private const int OutputBuffer = 4096;

    /// <summary>Extracts a file's text and writes the result to standard output, if the command line asks for that; else null.</summary>
    /// <param name="args">The verb, the file's path, bytes of memory, seconds of processor time, and pages of a PDF.</param>
    /// <returns>The exit code.</returns>
    public static int? TryRun(string[] args)
    {
        if (args is not [Verb, var path, var memory, var seconds, var pages])
        {
            return null;
        }
        ProcessLimits.Apply(ulong.Parse(memory, CultureInfo.InvariantCulture), ulong.Parse(seconds, CultureInfo.InvariantCulture));
        var found = new TextExtractors(int.Parse(pages, CultureInfo.InvariantCulture)).Extract(path, CancellationToken.None);
        // The console would set up a terminal, and a thread for its signals.
        using var standardOutput = new SafeFileHandle(1, ownsHandle: false);
        using var output = new FileStream(standardOutput, FileAccess.Write, OutputBuffer);
        ExtractionFrame.Write(output, found);
        return 0;
    }
}
