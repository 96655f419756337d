using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Ingestion;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Metrics;

/// <summary><c>POST /analytics/metrics</c> and <c>/analytics/metrics/batch</c> (platform contract 1.7).</summary>
internal sealed class MetricEndpoint(MetricIngestion ingestion, TimeProvider clock)
{
    /// <summary>Text of a failure to store one metric.</summary>
    public const string Failed = "Metric creation failed";

    /// <summary>Text of a failure to store many.</summary>
    public const string BatchFailed = "Batch metric creation failed";

    private static readonly IngestionFailure Failure = new(Failed);
    private static readonly IngestionFailure BatchFailure = new(BatchFailed);

    /// <summary>Stores one metric.</summary>
    public async Task AddAsync(RequestContext request, JsonBody body)
    {
        var errors = new ValidationErrors();
        var added = MetricFields.Read(body.Fields(errors), clock.Now());
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
        }
        else if (await ingestion.AddAsync([added]) is not IngestionOutcome.Stored and var outcome)
        {
            await Failure.WriteAsync(request.Http, outcome);
        }
        else
        {
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, added, MetricJson.WriteMembers);
        }
    }

    /// <summary>Stores all metrics of a request, or none.</summary>
    public async Task AddManyAsync(RequestContext request, JsonBody body)
    {
        var errors = new ValidationErrors();
        var time = clock.Now();
        List<Metric> added = [.. body.Fields(errors).Items("metrics").Select(fields => MetricFields.Read(fields, time))];
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
            await MessageAnswer.WriteAsync(request, $"Created {added.Count} metrics successfully");
        }
    }
}
