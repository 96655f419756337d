using PyAirtable.Load.Http;

namespace PyAirtable.Load.Tests.Http;

public sealed class RequestCountsTests
{
    [Fact]
    public void Count_Paths_AreOfTheGatewayAndOfWhatItHandsThemOnTo()
    {
        var counts = new RequestCounts();

        foreach (var path in new[] { "/api/chat", "/api/platform/auth/verify", "/api/platform/analytics/events", "/api/automation/files?limit=10", "/api/platforms" })
        {
            counts.Count(path);
        }

        Assert.Equal((5, 2, 1), (counts.Gateway, counts.Platform, counts.Automation));
    }
}
