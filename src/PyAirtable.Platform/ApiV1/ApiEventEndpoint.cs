using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Dashboard;
using PyAirtable.Platform.Events;
using PyAirtable.Platform.Ingestion;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.ApiV1;

/// <summary><c>POST /api/v1/analytics/events</c> (platform contract 8.4): an event of the caller.</summary>
internal sealed class ApiEventEndpoint(EventIngestion ingestion, TimeProvider clock)
{
    /// <summary>Text of a failure to store it.</summary>
    public const string Failed = "Failed to track event";

    private static readonly IngestionFailure Failure = new(Failed, GoError.Prepare);

    /// <summary>Stores it.</summary>
    public async Task AddAsync(RequestContext request, Caller caller)
    {
        var body = await ApiBody.ReadAsync(request);
        var name = body.Text("event_name") is { Length: > 0 } given ? given : body.Text("event_type");
        var properties = body.Object("properties") ?? body.Object("event_data");
        var session = body.Text("session_id");
        if (await body.RefuseAsync(request))
        {
            return;
        }

        if (FaultOf(name, session) is { } fault)
        {
            await GoError.WriteAsync(request.Http, StatusCodes.Status400BadRequest, fault);
            return;
        }

        var source = EventSource.Of(request.Http, clock);
        var added = new AnalyticsEvent
        {
            EventType = name,
            EventData = CompactJson.Of(properties),
            UserId = caller.User.Id,
            SessionId = session.Length == 0 ? null : session,
            Timestamp = source.Time,
            IpAddress = source.IpAddress,
            UserAgent = source.UserAgent,
        };
        if (await ingestion.AddAsync(added) is not IngestionOutcome.Stored and var outcome)
        {
            await Failure.WriteAsync(request.Http, outcome);
        }
        else
        {
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status201Created, ListedEvent.Of(added), static (json, listed) => listed.WriteGoMembers(json));
        }
    }

    private static string? FaultOf(string name, string session) =>
        name.Length == 0 ? "event_name is required"
        : IsLonger(name, EventFields.MaxType) ? $"event_name must be at most {EventFields.MaxType} characters"
        : IsLonger(session, EventFields.MaxSession) ? $"session_id must be at most {EventFields.MaxSession} characters"
        : null;

    private static bool IsLonger(string text, int most) => text.Length > most && text.EnumerateRunes().Count() > most;
}
