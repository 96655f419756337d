namespace PyAirtable.Testing.Airtable;

/// <summary>A request that the Airtable gateway's stand-in got.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Target">Path and query as they were sent.</param>
/// <param name="Key">Its <c>X-API-Key</c>; empty for none.</param>
/// <param name="Trace">Its <c>X-Trace-ID</c>; empty for none.</param>
/// <param name="Body">Its body; empty for none.</param>
public sealed record AirtableRequest(string Method, string Target, string Key, string Trace, string Body);
