namespace PyAirtable.Deploy.Tests.Monitoring;

/// <summary>A PromQL expression of the monitoring files.</summary>
/// <param name="Place">Where it stands, for messages.</param>
/// <param name="Text">The expression, variables of dashboards replaced.</param>
internal sealed record Expression(string Place, string Text);
