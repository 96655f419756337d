using System.Text.Json;

namespace PyAirtable.Hosting.Errors;

/// <summary>
/// One entry of a 422 answer, in the shape of pydantic 2: <c>type</c>, <c>loc</c>, <c>msg</c>, <c>input</c> and for some types
/// <c>ctx</c>. <c>url</c> is left out, as newer FastAPI releases do.
/// </summary>
public sealed partial class ValidationError
{
    private readonly Location _location;
    private readonly ErrorInput _input;
    private readonly string? _context;

    private ValidationError(string type, Location location, string message, ErrorInput input, string? context = null)
    {
        Type = type;
        Message = message;
        _location = location;
        _input = input;
        _context = context;
    }

    /// <summary>Kind of fault, such as <c>missing</c>.</summary>
    public string Type { get; }

    /// <summary>Text for people.</summary>
    public string Message { get; }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, Type);
        json.WritePropertyName("loc"u8);
        _location.WriteTo(json);
        json.WriteString("msg"u8, Message);
        json.WritePropertyName("input"u8);
        // A missing secret has nothing to hide; its entry shows the object that lacks it.
        if (_location.IsSecret && Type != MissingType)
        {
            json.WriteStringValue(SecretNames.Mask);
        }
        else
        {
            _input.WriteTo(json);
        }

        if (_context is not null)
        {
            json.WritePropertyName("ctx"u8);
            json.WriteRawValue(_context, skipInputValidation: true);
        }

        json.WriteEndObject();
    }
}
