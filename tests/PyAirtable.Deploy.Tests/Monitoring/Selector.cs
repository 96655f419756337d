namespace PyAirtable.Deploy.Tests.Monitoring;

/// <summary>A metric of a PromQL expression, with the labels that are asked of it.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Labels">The matchers: label, operator such as <c>=~</c>, and text.</param>
internal sealed record Selector(string Metric, IReadOnlyList<(string Label, string Operator, string Text)> Labels);
