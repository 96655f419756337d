namespace PyAirtable.Gateway.Cutover;

/// <summary>A route group as a request meets it.</summary>
/// <param name="Settings">By the settings that the request began with.</param>
/// <param name="State">What outlives them.</param>
internal readonly record struct SplitGroup(GroupSettings Settings, RouteGroup State);
