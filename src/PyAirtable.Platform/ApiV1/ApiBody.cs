using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.ApiV1;

/// <summary>
/// A JSON body as the Go service reads it (platform contract 8.1): names match in any case, what is missing or null is empty, and a
/// value of another type makes the whole body invalid. So does a NUL character, which no column takes.
/// <code>
/// var body = await ApiBody.ReadAsync(request);
/// var email = body.Text("email");
/// if (await body.RefuseAsync(request)) { return; }
/// </code>
/// </summary>
internal sealed class ApiBody
{
    private static readonly PreparedAnswer Invalid = GoError.Prepare(StatusCodes.Status400BadRequest, "Invalid request body");
    private static readonly PreparedAnswer TooLarge = GoError.Prepare(StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large");

    private readonly JsonElement _value;
    private PreparedAnswer? _fault;

    private ApiBody(JsonElement value, PreparedAnswer? fault) => (_value, _fault) = (value, fault);

    /// <summary>Reads the body of a request.</summary>
    public static async ValueTask<ApiBody> ReadAsync(RequestContext request)
    {
        var body = await JsonBody.ReadAsync(request.Http, RouteGuard.MaxBodyBytes, request.Aborted);
        var fault = body.Fault is { Status: StatusCodes.Status413PayloadTooLarge } ? TooLarge
            : body.Fault is null && body.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Null ? null
            : Invalid;
        return new ApiBody(body.Value, fault);
    }

    /// <summary>As <see cref="ReadAsync"/>, where a request need not have a body; without one all is empty.</summary>
    public static ValueTask<ApiBody> ReadOptionalAsync(RequestContext request) =>
        request.Http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } ? new(new ApiBody(default, fault: null)) : ReadAsync(request);

    /// <summary>A text; empty where it is missing. Of several the last counts.</summary>
    public string Text(string name) => Find(name, JsonValueKind.String) is { } text ? text.GetString()! : "";

    /// <summary>An object; null where it is missing. Of several the last counts.</summary>
    public JsonElement? Object(string name) => Find(name, JsonValueKind.Object);

    /// <summary>True after it has answered 400 or 413 to a body that is not as it should be, as far as it was read.</summary>
    public async ValueTask<bool> RefuseAsync(RequestContext request)
    {
        if (_fault is not null)
        {
            await _fault.WriteAsync(request.Http);
        }

        return _fault is not null;
    }

    // Each must be of the kind, also those that do not count.
    private JsonElement? Find(string name, JsonValueKind kind)
    {
        JsonElement? found = null;
        if (_value.ValueKind is not JsonValueKind.Object)
        {
            return found;
        }

        foreach (var member in _value.EnumerateObject())
        {
            if (!member.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || member.Value.ValueKind is JsonValueKind.Null)
            {
                continue;
            }

            if (member.Value.ValueKind != kind || TextRules.ContainsNul(member.Value))
            {
                _fault ??= Invalid;
                return null;
            }

            found = member.Value;
        }

        return found;
    }
}
