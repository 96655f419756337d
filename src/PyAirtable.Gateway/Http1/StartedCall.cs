using PyAirtable.Gateway.Upstreams;

namespace PyAirtable.Gateway.Http1;

/// <summary>A call whose request went out without anything to wait for, see <see cref="Http1Client.TryStart"/>.</summary>
/// <param name="Policy">By which policy.</param>
/// <param name="Timeouts">How long it may take.</param>
/// <param name="Address">Where.</param>
/// <param name="Connection">On which connection.</param>
/// <param name="Limit">When it has to be over, see <see cref="Http1Client.Deadline"/>; 0 for no limit.</param>
/// <param name="Failure">Why the request did not go out; null where it did.</param>
internal readonly record struct StartedCall(UpstreamPolicy Policy, UpstreamTimeouts Timeouts, UpstreamAddress Address, UpstreamConnection Connection, long Limit, Exception? Failure);
