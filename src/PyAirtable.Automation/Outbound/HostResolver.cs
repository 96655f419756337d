using System.Net;

namespace PyAirtable.Automation.Outbound;

/// <summary>Finds the addresses of a host name.</summary>
internal delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancel);
