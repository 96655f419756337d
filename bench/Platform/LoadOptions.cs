using System.Diagnostics;
using System.Globalization;

namespace PyAirtable.Bench.Platform;

/// <summary>Load of one kind.</summary>
/// <param name="Port">Where the service listens on 127.0.0.1.</param>
/// <param name="Connections">Connections, each with one request under way.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Rate">Requests a second that are due, whatever the answers take; 0 for as many as there is room for.</param>
/// <param name="EventsPerRequest">1 for single events, more for batches.</param>
internal sealed record LoadOptions(int Port, int Connections, int Seconds, int Rate, int EventsPerRequest)
{
    /// <summary>Reads what <see cref="Arguments"/> wrote.</summary>
    public static LoadOptions Parse(string[] arguments) => arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray() switch
    {
        [var port, var connections, var seconds, var rate, var events] => new(port, connections, seconds, rate, events),
        _ => throw new ArgumentException("five numbers are needed", nameof(arguments)),
    };

    /// <summary>Makes this load from a process of its own.</summary>
    public async Task<LoadReport> RunAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["load", .. Arguments()])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return LoadReport.Parse(output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private IEnumerable<string> Arguments() => new[] { Port, Connections, Seconds, Rate, EventsPerRequest }.Select(number => number.ToString(CultureInfo.InvariantCulture));
}
