using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>Whether an upstream may be called, see <see cref="UpstreamPolicy"/>.</summary>
/// <param name="Refusal">Why not; null where it may.</param>
/// <param name="Probe">Set for the one call that tries an open circuit.</param>
/// <param name="IsPoll">True for a call that no limit holds for, and that counts nowhere.</param>
internal readonly record struct Admission(UpstreamFailure? Refusal, CircuitProbe? Probe = null, bool IsPoll = false);
