using System.Globalization;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.PerformancePage;

/// <summary>A figure that the plan names, and which goal of a bench measures it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Python">What the plan says of the Python services.</param>
/// <param name="Planned">What it plans.</param>
/// <param name="IsLeast">Whether that is the least it may be, or the most.</param>
/// <param name="Bench">The bench.</param>
/// <param name="Goal">How the goal's name begins.</param>
internal sealed record Headline(string Name, Quantity Python, Quantity Planned, bool IsLeast, string Bench, string Goal)
{
    private const string NotMeasured = "not measured";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Headline> All =
    [
        new("gateway: requests within the SLO, generator and upstream on the same cores", new(1200, "/s"), new(48_000, "/s"), true, "load-stress", "rate held within the SLO"),
        new("gateway: requests per CPU-second", new(1200, "/s"), new(48_000, "/s"), true, "peers", "proxied requests per CPU-second"),
        new("gateway: P95 at 15,000/s", new(150, "ms"), new(3, "ms"), false, "load-slo", "P95 at the gateway"),
        new("gateway: connections at once", new(100, ""), new(5000, ""), true, "load-slo", "connections"),
        new("gateway: memory with them", new(1024, "MB"), new(256, "MB"), false, "connections", "resident memory with 5,000 connections, all busy"),
        new("gateway: cold start", new(2500, "ms"), new(50, "ms"), false, "footprint", "start of the gateway"),
        new("JWT verification: signature and claims, on one core", new(500, "/s"), new(50_000, "/s"), true, "micro", "tokens verified a second"),
        new("JWT verification by a request, its user looked up", new(500, "/s"), new(50_000, "/s"), true, "compare", "JWT verification: requests"),
        new("JWT verification by a request, its user looked up: per CPU-second", new(500, "/s"), new(50_000, "/s"), true, "reads", "GET /auth/verify per CPU-second"),
        new("database queries: requests", new(800, "/s"), new(12_000, "/s"), true, "reads", "GET /auth/profile a second"),
        new("events, in batches, on disk in PostgreSQL", new(1000, "/s"), new(25_000, "/s"), true, "ingestion", "events a second in batches of 100, PostgreSQL"),
        new("a month: three services, two tasks each, ARM", new(420, "USD"), new(290, "USD"), false, "cost", "a month: Native, three services, ARM"),
        new("a month: all in one, two tasks, ARM", new(420, "USD"), new(290, "USD"), false, "cost", "a month: Native, all in one, ARM"),
    ];

    /// <summary>Their table.</summary>
    public static string Write(Results results) => new Table(
        "Headlines", ["", "Python, as planned with", "planned", "measured", "verdict", "command"], [.. All.Select(headline => headline.Cells(results))]).ToMarkdown();

    private string[] Cells(Results results)
    {
        var found = results.Find(Bench, Goal);
        var verdict = found?.Goal is not { } goal || double.IsNaN(goal.Number) ? NotMeasured : IsMet(goal) ? "pass" : "**fall short**";
        return [Name, Python.ToString(), Planned.ToString(), found?.Goal.Ours ?? NotMeasured, verdict, found is { } line ? $"`{line.Bench.Command}`" : string.Create(CultureInfo.InvariantCulture, $"`{Bench}`")];
    }

    // A goal that is the plan's own figure was judged before it was rounded.
    private bool IsMet(GoalResult goal) =>
        (IsLeast ? goal.Number >= Planned.Value : goal.Number <= Planned.Value) && (goal.IsMet || goal.Yardstick != $"{Planned} (goal)");
}
