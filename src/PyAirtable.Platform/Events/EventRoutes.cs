using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Routing;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Events;

/// <summary>The routes that add events.</summary>
internal static class EventRoutes
{
    /// <summary>Maps them.</summary>
    public static void Map(RouteTable routes, RouteGuard guard, EventEndpoint events, ILogger log) => routes
        .MapWithTwin("POST", "/analytics", "/events", guard.Keyed(new FailureAnswer(EventEndpoint.Failed, log).Wrap(events.AddAsync)))
        .Map("POST", "/analytics/events/batch", guard.Keyed(new FailureAnswer(EventEndpoint.BatchFailed, log).Wrap(events.AddManyAsync)));
}
