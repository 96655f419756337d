using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;

namespace PyAirtable.Platform.Metrics;

/// <summary>Which metrics are asked for (platform contract 1.7); null is no filter.</summary>
/// <param name="MetricName">Exact name.</param>
/// <param name="ServiceName">Exact service.</param>
/// <param name="UserId">User.</param>
/// <param name="Limit">Metrics at most.</param>
internal sealed record MetricQuery(string? MetricName, string? ServiceName, int? UserId, int Limit)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 10_000;

    /// <summary>Reads it; an empty text and the user 0 filter nothing (D-18).</summary>
    public static MetricQuery Read(HttpRequest request, ValidationErrors errors)
    {
        var query = new QueryFields(request, errors);
        return new(
            query.OptionalText("metric_name") is { Length: > 0 } name ? name : null,
            query.OptionalText("service_name") is { Length: > 0 } service ? service : null,
            query.OptionalInteger("user_id") is { } user and not 0 ? (int)user : null,
            (int)query.IntegerOr("limit", DefaultLimit, 0, MaxLimit));
    }
}
