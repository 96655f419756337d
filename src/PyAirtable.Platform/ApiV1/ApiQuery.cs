using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.ApiV1;

/// <summary>Query parameters under <c>/api/v1</c> (platform contract 8.4 and 8.5): one that is wrong is 400, whichever it is.</summary>
internal static class ApiQuery
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    private static readonly PreparedAnswer Invalid = GoError.Prepare(StatusCodes.Status400BadRequest, "Invalid query parameter");

    /// <summary>Which part of a list is asked for; null after a refusal was answered.</summary>
    public static async ValueTask<(int Limit, int Offset)?> ReadPageAsync(RequestContext request)
    {
        var errors = new ValidationErrors();
        var query = new QueryFields(request.Http.Request, errors);
        var page = ((int)query.IntegerOr("limit", DefaultLimit, 1, MaxLimit), (int)query.IntegerOr("offset", 0, 0, int.MaxValue));
        return await RefuseAsync(request, errors) ? null : page;
    }

    /// <summary>True after it has answered 400 to parameters that have faults.</summary>
    public static async ValueTask<bool> RefuseAsync(RequestContext request, ValidationErrors errors)
    {
        if (errors.Any)
        {
            await Invalid.WriteAsync(request.Http);
        }

        return errors.Any;
    }
}
