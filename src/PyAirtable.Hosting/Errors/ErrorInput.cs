using System.Text.Json;

namespace PyAirtable.Hosting.Errors;

/// <summary>The value that an error is about: a JSON value, a text, or nothing (written as null).</summary>
public readonly struct ErrorInput
{
    private readonly JsonElement _value;
    private readonly string? _text;

    private ErrorInput(JsonElement value, string? text)
    {
        _value = value;
        _text = text;
    }

    /// <summary>A value of a JSON body.</summary>
    public static implicit operator ErrorInput(JsonElement value) => FromJsonElement(value);

    /// <summary>A text of the path or the query; null where there was none.</summary>
    public static implicit operator ErrorInput(string? text) => FromString(text);

    /// <summary>A value of a JSON body.</summary>
    public static ErrorInput FromJsonElement(JsonElement value) => new(value, null);

    /// <summary>A text of the path or the query; null where there was none.</summary>
    public static ErrorInput FromString(string? text) => new(default, text);

    internal void WriteTo(Utf8JsonWriter json)
    {
        if (_text is null)
        {
            SecretNames.Write(json, _value);
        }
        else
        {
            json.WriteStringValue(_text);
        }
    }
}
