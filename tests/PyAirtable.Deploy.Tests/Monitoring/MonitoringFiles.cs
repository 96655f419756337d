using System.Text.Json;
using System.Text.RegularExpressions;

namespace PyAirtable.Deploy.Tests.Monitoring;

/// <summary>What is in <c>deploy/monitoring</c>.</summary>
internal static partial class MonitoringFiles
{
    public static IReadOnlyList<string> Dashboards { get; } = [.. Directory.GetFiles(Repository.PathOf("deploy", "monitoring", "grafana", "dashboards"), "*.json").Order()];

    public static IReadOnlyList<string> RuleFiles { get; } = [.. Directory.GetFiles(Repository.PathOf("deploy", "monitoring", "rules"), "*.yml").Order()];

    /// <summary>The rules, those that record and those that alert, as they are written.</summary>
    public static IReadOnlyList<Dictionary<object, object?>> Rules { get; } =
    [
        .. from file in RuleFiles
           from rules in List(Repository.ParseYaml(File.ReadAllText(file))["groups"])
           from rule in List(rules["rules"])
           select rule,
    ];

    /// <summary>Expressions of panels, and of the dashboards' variables and annotations.</summary>
    public static IReadOnlyList<Expression> DashboardExpressions { get; } = [.. Dashboards.SelectMany(ExpressionsOf)];

    /// <summary>Expressions of rules and dashboards.</summary>
    public static IReadOnlyList<Expression> Expressions { get; } =
    [
        .. Rules.Select(rule => new Expression((string)(rule.GetValueOrDefault("alert") ?? rule["record"])!, (string)rule["expr"]!)),
        .. DashboardExpressions,
    ];

    /// <summary>The panels of a dashboard, its rows left out.</summary>
    public static IEnumerable<JsonElement> PanelsOf(JsonElement dashboard) =>
        dashboard.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row");

    public static JsonElement ReadDashboard(string file) => JsonDocument.Parse(File.ReadAllText(file)).RootElement;

    private static IEnumerable<Expression> ExpressionsOf(string file)
    {
        var (dashboard, name) = (ReadDashboard(file), Path.GetFileName(file));
        foreach (var panel in PanelsOf(dashboard))
        {
            foreach (var target in panel.GetProperty("targets").EnumerateArray())
            {
                yield return new($"{name}: {panel.GetProperty("title")}", Resolve(target.GetProperty("expr").GetString()!));
            }
        }
        foreach (var annotation in dashboard.GetProperty("annotations").GetProperty("list").EnumerateArray())
        {
            yield return new($"{name}: annotation {annotation.GetProperty("name")}", Resolve(annotation.GetProperty("expr").GetString()!));
        }
        foreach (var variable in dashboard.GetProperty("templating").GetProperty("list").EnumerateArray())
        {
            // label_values(metric{…}, label) asks for a label of a metric.
            var (metric, label) = LabelValues().Match(variable.GetProperty("definition").GetString()!) is { Success: true } found
                ? (found.Groups[1].Value, found.Groups[2].Value)
                : throw new InvalidDataException($"{name}: {variable} is no label_values");
            yield return new($"{name}: variable {variable.GetProperty("name")}", $"group by ({label}) ({metric})");
        }
    }

    private static string Resolve(string expression) => expression
        .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
        .Replace("$instance", ".*", StringComparison.Ordinal)
        .Replace("$group", ".*", StringComparison.Ordinal);

    private static IEnumerable<Dictionary<object, object?>> List(object? list) => ((List<object?>)list!).Cast<Dictionary<object, object?>>();

    [GeneratedRegex(@"^label_values\((.+), (\w+)\)$")]
    private static partial Regex LabelValues();
}
