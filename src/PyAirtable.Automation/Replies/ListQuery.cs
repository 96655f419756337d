using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;

namespace PyAirtable.Automation.Replies;

/// <summary>What all lists take.</summary>
/// <param name="Skip">Rows to leave out, 0 or more.</param>
/// <param name="Limit">Rows at most, 1 to 1000.</param>
/// <param name="Status">Status to show only, as sent; null for all.</param>
internal readonly record struct ListQuery(long Skip, int Limit, string? Status)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    /// <summary>Reads it and collects faults.</summary>
    public static ListQuery Read(HttpRequest request, ValidationErrors errors)
    {
        var query = new QueryFields(request, errors);
        var skip = query.IntegerOr("skip", 0, 0, long.MaxValue);
        var limit = (int)query.IntegerOr("limit", DefaultLimit, 1, MaxLimit);
        return new(skip, limit, query.OptionalText("status") is { Length: > 0 } status ? status : null);
    }
}
