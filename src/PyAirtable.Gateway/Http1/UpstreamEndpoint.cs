namespace PyAirtable.Gateway.Http1;

/// <summary>An address of an upstream, with the connections to it.</summary>
/// <param name="Host">Name and port, as requests name it.</param>
/// <param name="PathPrefix">What stands before all paths there; mostly empty.</param>
/// <param name="Pool">The connections.</param>
internal sealed record UpstreamEndpoint(string Host, string PathPrefix, ConnectionPool Pool);
