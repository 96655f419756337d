using PyAirtable.Load.Loop;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Slo;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Catalog;

/// <summary>A scenario that can be asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it does.</param>
/// <param name="Rate">Iterations a second unless others are asked for; copies, for closed load.</param>
/// <param name="Seconds">How long, unless another time is asked for.</param>
/// <param name="Connections">Connections of the client at most.</param>
/// <param name="Build">Makes it for a rate and a time, to be judged by these limits.</param>
internal sealed record CatalogEntry(string Name, string Text, double Rate, double Seconds, int Connections, Func<LoadLoop, SystemUnderTest, double, TimeSpan, SloLimits, Scenario> Build);
