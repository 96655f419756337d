using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Events;

/// <summary>The one way for events into the table; whoever adds them is told by the event's id that it is stored.</summary>
internal sealed class EventIngestion
{
    // The columns of the table but its id, in the order of the parameters.
    private static readonly RowTable<AnalyticsEvent> Table = new(
        """
        INSERT INTO platform_analytics_events (user_id, event_type, event_data, timestamp, session_id, ip_address, user_agent)
        SELECT * FROM unnest($1::integer[], $2::text[], $3::json[], $4::timestamp[], $5::text[], $6::text[], $7::text[])
        RETURNING id
        """,
        """
        INSERT INTO platform_analytics_events (user_id, event_type, event_data, timestamp, session_id, ip_address, user_agent)
        VALUES (@user_id, @event_type, @event_data, @timestamp, @session_id, @ip_address, @user_agent)
        """,
        [
            Column<AnalyticsEvent>.Integer("user_id", static row => row.UserId),
            Column<AnalyticsEvent>.Text("event_type", static row => row.EventType),
            Column<AnalyticsEvent>.Json("event_data", static row => row.EventData),
            Column<AnalyticsEvent>.Time("timestamp", static row => row.Timestamp),
            Column<AnalyticsEvent>.Text("session_id", static row => row.SessionId),
            Column<AnalyticsEvent>.Text("ip_address", static row => row.IpAddress),
            Column<AnalyticsEvent>.Text("user_agent", static row => row.UserAgent),
        ]);

    private readonly GroupCommit<AnalyticsEvent> _commit;

    /// <summary>Stores into that database and tells <paramref name="feed"/> of it. It ends with the process.</summary>
    public EventIngestion(Database database, EventFeed feed, ProcessContext process, IngestionOptions options)
    {
        var log = process.Log.CreateLogger("platform");
        _commit = process.Own(new GroupCommit<AnalyticsEvent>(RowStore.Of(database, Table), options, feed.Post, "events", process.Metrics, process.Clock, log));
    }

    /// <summary>Stores one event; its id is set when it is. Does not throw.</summary>
    public Task<IngestionOutcome> AddAsync(AnalyticsEvent added) => _commit.AddAsync([added]);

    /// <summary>Stores all of them or none, and sets their ids. Does not throw.</summary>
    public Task<IngestionOutcome> AddAsync(IReadOnlyList<AnalyticsEvent> added) => _commit.AddAsync(added);
}
