using PyAirtable.Bench.Platform;
using PyAirtable.Load.Http;
using PyAirtable.Load.Statistics;
using PyAirtable.Testing;

namespace PyAirtable.Load.Systems;

/// <summary>A service that was started for a run.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Process">Its process.</param>
/// <param name="Log">The file of its log; null where that is dropped.</param>
internal sealed record StartedService(string Name, ExecutableProcess Process, string? Log)
{
    /// <summary>The process that is all three services.</summary>
    public const string AllInOne = "all-in-one";

    /// <summary>What it has taken so far.</summary>
    /// <param name="requests">Requests sent to the gateway so far.</param>
    /// <exception cref="InvalidOperationException">It has ended by itself.</exception>
    public ServiceUsage Usage(RequestCounts requests) => new(
        Name, ProcessorSeconds(Process.Id), Of(requests), Log is null ? double.NaN : new FileInfo(Log).Length, ProcessFigures.PeakMegabytes(Process.Id));

    /// <summary>Processor seconds of a process and its children so far.</summary>
    /// <exception cref="InvalidOperationException">It has ended by itself.</exception>
    public static double ProcessorSeconds(int process)
    {
        // A child of the database may end while its file is looked for.
        const int MostTries = 5;
        for (var tries = 1; ; tries++)
        {
            try
            {
                return ProcessFigures.CpuMicroseconds(process) / 1e6;
            }
            catch (IOException) when (tries < MostTries)
            {
            }
            catch (IOException missing)
            {
                throw new InvalidOperationException("a server has ended by itself; --keep-logs keeps its log", missing);
            }
        }
    }

    private long Of(RequestCounts requests) => Name switch
    {
        "gateway" => requests.Gateway,
        "platform" => requests.Platform,
        "automation" => requests.Automation,
        _ => requests.Gateway + requests.Platform + requests.Automation,
    };
}
