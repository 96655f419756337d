using PyAirtable.Load.Comparison;

namespace PyAirtable.Load.Tests.Comparison;

/// <summary>Comparisons as runs have them: all routes alike.</summary>
internal static class Sides
{
    public static SideBySide Of(params (SideFigures Ours, SideFigures Python)[] rounds) => new(rounds);

    public static SideFigures Side(double perSecond = 100, double cpu = 1, double idle = 100, double peak = 120, double start = 500, long failed = 0) =>
        new(start, idle, peak, ComparedRoutes.All.ToDictionary(route => route.Name, _ => new RouteFigures(perSecond, cpu, 1, 2, 3, failed)));
}
