using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Hosting.Requests;

/// <summary>
/// A request's JSON body, read as FastAPI reads it (platform contract 0.4 and 0.7).
/// <code>
/// var body = await JsonBody.ReadAsync(http, maxBytes, cancellation);
/// if (body.Fault is { } fault) { … }          // beats the API key
/// …                                           // key, token
/// var errors = new ValidationErrors();        // path and query first
/// var fields = body.Fields(errors);
/// var email = fields.Email("email");
/// if (errors.Any) { … }
/// </code>
/// </summary>
public sealed class JsonBody
{
    /// <summary>Characters of a body that is not JSON which an answer shows at most (platform contract, D-38).</summary>
    public const int EchoLimit = 200;

    private readonly JsonElement _value;
    private readonly string? _rawText;

    private JsonBody(JsonElement value, string? rawText = null, BodyFault? fault = null)
    {
        _value = value;
        _rawText = rawText;
        Fault = fault;
    }

    /// <summary>Why the body cannot be read; null where it can.</summary>
    public BodyFault? Fault { get; }

    /// <summary>The parsed body; undefined where there was none or it was not JSON.</summary>
    public JsonElement Value => _value;

    /// <summary>Reads and parses the body. Faults of the body are returned, a client that goes away throws.</summary>
    /// <param name="http">The exchange whose request is read.</param>
    /// <param name="maxBytes">Bytes that the body may have.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async ValueTask<JsonBody> ReadAsync(HttpContext http, int maxBytes, CancellationToken cancellation)
    {
        if (http.Request.ContentLength > maxBytes)
        {
            return Faulty(BodyFault.TooLarge);
        }

        var reader = http.Request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellation);
                var tooLarge = read.Buffer.Length > maxBytes;
                if (!read.IsCompleted && !tooLarge)
                {
                    reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    continue;
                }

                var body = tooLarge ? Faulty(BodyFault.TooLarge) : Parse(read.Buffer, JsonContentType.Matches(http.Request.ContentType));
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
        }
        catch (BadHttpRequestException refused)
        {
            http.Response.Headers.Connection = "close";
            return Faulty(refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? BodyFault.TooLarge : BodyFault.Undecodable);
        }
    }

    /// <summary>The body's members. A body that is no object is added to <paramref name="errors"/>, and its members read as absent.</summary>
    public BodyFields Fields(ValidationErrors errors)
    {
        if (_rawText is not null)
        {
            errors.Add(ValidationError.ModelType(Location.Body, _rawText));
        }
        else if (_value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            errors.Add(ValidationError.Missing(Location.Body, default(ErrorInput)));
        }
        else if (_value.ValueKind is not JsonValueKind.Object)
        {
            errors.Add(ValidationError.ModelType(Location.Body, _value));
        }

        return new BodyFields(_value, Location.Body, errors);
    }

    internal static JsonBody Parse(ReadOnlySequence<byte> bytes, bool isJson)
    {
        if (bytes.IsSingleSegment)
        {
            return Parse(bytes.FirstSpan, isJson);
        }

        var length = (int)bytes.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            bytes.CopyTo(rented);
            return Parse(rented.AsSpan(0, length), isJson);
        }
        finally
        {
            // The pool is shared, and the body may hold a password.
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    internal static JsonBody Parse(ReadOnlySpan<byte> bytes, bool isJson)
    {
        if (bytes.IsEmpty)
        {
            return new JsonBody(default);
        }

        if (!isJson)
        {
            return new JsonBody(default, RawEcho(bytes));
        }

        // Python decodes a byte order mark away.
        var text = bytes.StartsWith("\ufeff"u8) ? bytes[3..] : bytes;
        if (!Utf8.IsValid(text))
        {
            return Faulty(BodyFault.Undecodable);
        }

        // Half surrogate pairs pass the parser and throw later, whenever such a text is read.
        if (text.IndexOf("\\u"u8) >= 0 && JsonSyntax.TryFindFault(text, out var offset, out var reason))
        {
            return Faulty(new BodyFault(ValidationError.JsonInvalid(offset, reason)));
        }

        try
        {
            return new JsonBody(JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = JsonSyntax.MaxDepth }));
        }
        catch (JsonException)
        {
            return JsonSyntax.TryFindFault(text, out offset, out reason)
                ? Faulty(new BodyFault(ValidationError.JsonInvalid(offset, reason)))
                : Faulty(new BodyFault(ValidationError.JsonInvalid(0, "Expecting value")));
        }
    }

    private static JsonBody Faulty(BodyFault fault) => new(default, fault: fault);

    // A form may carry a password where no member can be told from another, so such a text is not shown at all.
    private static string RawEcho(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return SecretNames.Mentioned(text) ? SecretNames.Mask : CodePoints.Take(text, EchoLimit);
    }
}
