using System.Globalization;

namespace PyAirtable.Cost.Model;

/// <summary>What programs were measured to need.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Programs">By name.</param>
internal sealed record MeasuredRun(string Machine, Dictionary<string, ProgramFigures> Programs)
{
    /// <summary>The figures of a program.</summary>
    /// <exception cref="InputException">It was not measured.</exception>
    public ProgramFigures Of(string program) => Programs.TryGetValue(program, out var figures) ? figures : throw new InputException($"the measured run has no program \"{program}\"");

    /// <summary>This with the figures of a load run's services in place of those that it had. How many processors a program can use stays: no run shows it.</summary>
    /// <param name="machine">Where it ran.</param>
    /// <param name="run">The load run.</param>
    /// <exception cref="InputException">A service is not known, was asked nothing, or its log was dropped.</exception>
    public MeasuredRun With(string machine, LoadRun run)
    {
        if (run.Services.Length == 0)
        {
            throw new InputException($"the run of \"{run.Scenario}\" says nothing of services: it was not started here");
        }
        var programs = new Dictionary<string, ProgramFigures>(Programs);
        foreach (var service in run.Services)
        {
            if (service.Requests <= 0 || service.LogBytes is not { } logged)
            {
                throw new InputException($"the run of \"{run.Scenario}\" has no requests or no log of {service.Name}: --keep-logs keeps logs");
            }
            programs[service.Name] = new(
                Math.Round(service.CpuSeconds * 1000 / service.Requests, 4), Math.Round(service.PeakMb, 1), Math.Round(logged / service.Requests), Of(service.Name).Cores,
                string.Create(CultureInfo.InvariantCulture, $"load/run {run.Scenario}, {run.System}, {run.Started:yyyy-MM-dd}, {run.Seconds:0} s: {service.CpuSeconds:0.00} CPU-seconds for {service.Requests} requests; highest resident memory"),
                MeasuredHere: true);
        }
        return new(machine, programs);
    }
}
