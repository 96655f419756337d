using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Events;

/// <summary><c>POST /analytics/events</c> (platform contract 1.6), and many of them in one request.</summary>
internal sealed class EventEndpoint(EventIngestion ingestion, TimeProvider clock)
{
    /// <summary>Text of a failure to store one event.</summary>
    public const string Failed = "Event tracking failed";

    /// <summary>Text of a failure to store many.</summary>
    public const string BatchFailed = "Batch event creation failed";

    private static readonly IngestionFailure Failure = new(Failed);
    private static readonly IngestionFailure BatchFailure = new(BatchFailed);

    /// <summary>Stores one event.</summary>
    public async Task AddAsync(RequestContext request, JsonBody body)
    {
        var errors = new ValidationErrors();
        var added = EventFields.Read(body.Fields(errors), EventSource.Of(request.Http, clock));
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
        }
        else if (await ingestion.AddAsync(added) is not IngestionOutcome.Stored and var outcome)
        {
            await Failure.WriteAsync(request.Http, outcome);
        }
        else
        {
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, added, EventJson.WriteMembers);
        }
    }

    /// <summary>Stores all events of a request, or none.</summary>
    public async Task AddManyAsync(RequestContext request, JsonBody body)
    {
        var errors = new ValidationErrors();
        var source = EventSource.Of(request.Http, clock);
        List<AnalyticsEvent> added = [.. body.Fields(errors).Items("events").Select(fields => EventFields.Read(fields, source))];
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
        }
        else if (added.Count > 0 && await ingestion.AddAsync(added) is not IngestionOutcome.Stored and var outcome)
        {
            await BatchFailure.WriteAsync(request.Http, outcome);
        }
        else
        {
            await MessageAnswer.WriteAsync(request, $"Created {added.Count} events successfully");
        }
    }
}
