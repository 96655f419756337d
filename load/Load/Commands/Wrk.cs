using System.Diagnostics;
using System.Globalization;

namespace PyAirtable.Load.Commands;

/// <summary>The generator wrk.</summary>
internal static class Wrk
{
    /// <summary>Requests a second that it reports.</summary>
    /// <exception cref="InvalidOperationException">It is not there, failed, or had errors.</exception>
    public static async Task<double> RunAsync(Uri url, int connections, TimeSpan during, IEnumerable<string> headers, CancellationToken cancel)
    {
        string[] arguments = ["-t1", $"-c{connections}", string.Create(CultureInfo.InvariantCulture, $"-d{Math.Max(1, during.TotalSeconds):0}s"), .. headers.SelectMany(header => new[] { "-H", header }), url.ToString()];
        using var process = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return Read(output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>Reads what it printed.</summary>
    /// <exception cref="InvalidOperationException">There is no rate in it, or there were errors.</exception>
    public static double Read(string output)
    {
        const string Rate = "Requests/sec:";
        var lines = output.Split('\n', StringSplitOptions.TrimEntries);
        return lines.Any(line => line.StartsWith("Non-2xx", StringComparison.Ordinal) || line.StartsWith("Socket errors", StringComparison.Ordinal))
            || lines.FirstOrDefault(line => line.StartsWith(Rate, StringComparison.Ordinal)) is not { } found
            ? throw new InvalidOperationException("wrk failed: " + output)
            : double.Parse(found[Rate.Length..], CultureInfo.InvariantCulture);
    }
}
