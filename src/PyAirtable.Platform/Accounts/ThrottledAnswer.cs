using System.Globalization;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Accounts;

/// <summary>Tells a client when it may try again: 429 with <c>Retry-After</c> in seconds.</summary>
internal sealed class ThrottledAnswer(ErrorStyle style)
{
    private readonly PreparedAnswer _refused = style(StatusCodes.Status429TooManyRequests, "Rate limit exceeded");

    /// <summary>Answers.</summary>
    public Task WriteAsync(RequestContext request, TimeSpan wait)
    {
        request.Http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return _refused.WriteAsync(request.Http);
    }
}
