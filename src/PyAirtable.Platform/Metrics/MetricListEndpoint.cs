using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Metrics;

/// <summary><c>GET /analytics/metrics</c> (platform contract 1.7, N4).</summary>
internal sealed class MetricListEndpoint(MetricQueryStore metrics)
{
    /// <summary>Lists the newest metrics that pass the filters, and their number.</summary>
    public async Task ListAsync(RequestContext request)
    {
        var errors = new ValidationErrors();
        var query = MetricQuery.Read(request.Http.Request, errors);
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
            return;
        }

        using var answer = new LongAnswer(request.Http);
        answer.Json.WriteStartObject();
        answer.Json.WriteStartArray("metrics"u8);
        var count = await WriteAsync(query, answer, request.Aborted);
        answer.Json.WriteEndArray();
        answer.Json.WriteNumber("count"u8, count);
        answer.Json.WriteEndObject();
        await answer.EndAsync();
    }

    // Read page by page: a slow client shall not hold a connection, nor a long list memory.
    private async Task<int> WriteAsync(MetricQuery query, LongAnswer answer, CancellationToken cancel)
    {
        var written = 0;
        ListedMetric? last = null;
        while (written < query.Limit)
        {
            var asked = Math.Min(query.Limit - written, MetricQueryStore.PageSize);
            var page = await metrics.ReadAsync(query, last, asked, cancel);
            foreach (var metric in page)
            {
                metric.WriteTo(answer.Json);
                if (answer.IsFull)
                {
                    await answer.SendPieceAsync();
                }
            }

            written += page.Count;
            if (page.Count < asked)
            {
                break;
            }

            last = page[^1];
        }

        return written;
    }
}
