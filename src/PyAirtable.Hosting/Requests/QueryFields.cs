using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Hosting.Requests;

/// <summary>
/// Reads query parameters as FastAPI does: names are case-sensitive, the last of several values wins, unknown names are ignored.
/// Every fault is collected, in the order of the calls; a faulty parameter reads as its fallback.
/// </summary>
public readonly struct QueryFields
{
    private readonly string? _query;
    private readonly ValidationErrors _errors;

    /// <summary>The query of <paramref name="request"/>.</summary>
    public QueryFields(HttpRequest request, ValidationErrors errors)
    {
        _query = request.QueryString.Value;
        _errors = errors;
    }

    /// <summary>A text that must be there, empty or not.</summary>
    public string Text(string name, int maxLength = int.MaxValue)
    {
        if (Find(name) is null)
        {
            _errors.Add(ValidationError.Missing(Location.Query.Member(name), default(ErrorInput)));
        }

        return OptionalText(name, maxLength) ?? "";
    }

    /// <summary>A text that may be absent.</summary>
    public string? OptionalText(string name, int maxLength = int.MaxValue)
    {
        if (Find(name) is not { } text)
        {
            return null;
        }

        if (TextRules.Check(text, 0, maxLength, Location.Query, name, text) is not { } error)
        {
            return text;
        }

        _errors.Add(error);
        return null;
    }

    /// <summary>An integer that may be absent. The bounds are inclusive.</summary>
    public long IntegerOr(string name, long fallback, long min, long max) => OptionalInteger(name, min, max) ?? fallback;

    /// <summary>An integer that may be absent. The bounds are inclusive.</summary>
    public long? OptionalInteger(string name, long min = -int.MaxValue, long max = int.MaxValue) =>
        Find(name) is { } text ? IntegerRules.Read(text, min, max, Location.Query, name, _errors) : null;

    private string? Find(string name)
    {
        string? last = null;
        foreach (var pair in new QueryStringEnumerable(_query))
        {
            if (pair.DecodeName().Span.SequenceEqual(name))
            {
                last = pair.DecodeValue().ToString();
            }
        }

        return last;
    }
}
