namespace PyAirtable.Automation.Outbound;

/// <summary>What a host answered.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Headers">Names in lower case; values of one name are joined by <c>, </c>.</param>
/// <param name="ContentType">Media type in lower case; empty for none.</param>
/// <param name="Charset">Encoding that it names; null for none.</param>
/// <param name="Body">The whole body.</param>
internal sealed record OutboundAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string ContentType, string? Charset, byte[] Body);
