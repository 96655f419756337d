using PyAirtable.Load.Loop;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Comparison;

/// <summary>A route that is compared.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Copies">Requests under way at any time.</param>
/// <param name="Original">Processor time of the original service for a request, in milliseconds, as it was measured once on a machine of this kind (2 processors, Python 3.13).</param>
/// <param name="Iterate">Makes one iteration for a system and the access token of its account.</param>
internal sealed record ComparedRoute(string Name, int Copies, double Original, Func<LoadLoop, SystemUnderTest, string, Func<ScenarioContext, ValueTask>> Iterate);
