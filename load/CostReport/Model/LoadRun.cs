namespace PyAirtable.Cost.Model;

/// <summary>What is read of the <c>report.json</c> of a load scenario: what each service took in it.</summary>
/// <param name="Scenario">Which scenario.</param>
/// <param name="System">What it ran against.</param>
/// <param name="Started">When it began.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Services">The services.</param>
internal sealed record LoadRun(string Scenario, string System, DateTimeOffset Started, double Seconds, ServiceFigures[] Services);
