using System.Text.Json;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Hosting.Requests;

/// <summary>
/// Reads the members of a JSON object with pydantic's lenient conversions and collects every fault, in the order of the calls.
/// A faulty member reads as empty; look at the errors before using any value. Lengths count code points; NUL characters are
/// refused everywhere, as no database column takes them. A repeated member has its last value.
/// <para>
/// Three forms: <c>Text(name)</c> must be there; <c>Text(name, fallback)</c> may be absent but not null;
/// <c>OptionalText(name)</c> may be both and is null then. Members that nothing reads are ignored.
/// </para>
/// </summary>
public sealed partial class BodyFields
{
    private const int Int32Bound = int.MaxValue;

    private readonly JsonElement _object;
    private readonly Location _location;
    private readonly ValidationErrors _errors;

    internal BodyFields(JsonElement value, Location location, ValidationErrors errors)
    {
        _object = value;
        _location = location;
        _errors = errors;
    }

    /// <summary>The object itself, unmasked; undefined where the body is no object.</summary>
    public JsonElement Whole => _object.ValueKind is JsonValueKind.Object ? _object : default;

    /// <summary>Whether a member is there, be it null.</summary>
    public bool Has(string name) => TryFind(name, out _);

    /// <summary>A text that must be there.</summary>
    public string Text(string name, int minLength = 0, int maxLength = int.MaxValue) =>
        TryRequire(name, out var value) ? ReadText(name, value, minLength, maxLength) ?? "" : "";

    /// <summary>A text that may be absent but not null.</summary>
    public string Text(string name, string fallback, int minLength = 0, int maxLength = int.MaxValue) =>
        TryFind(name, out var value) ? ReadText(name, value, minLength, maxLength) ?? fallback : fallback;

    /// <summary>A text that may be absent or null.</summary>
    public string? OptionalText(string name, int minLength = 0, int maxLength = int.MaxValue) =>
        TryFindValue(name, out var value) ? ReadText(name, value, minLength, maxLength) : null;

    /// <summary>An e-mail address that must be there; the result is normalised.</summary>
    public string Email(string name)
    {
        if (!TryRequire(name, out var value) || ReadText(name, value, 0, int.MaxValue) is not { } text)
        {
            return "";
        }

        if (EmailAddress.TryNormalise(text, out var address, out var reason))
        {
            return address;
        }

        _errors.Add(ValidationError.Email(_location.Member(name), value, reason));
        return "";
    }

    /// <summary>An object of any members that must be there.</summary>
    public JsonElement ObjectValue(string name) => TryRequire(name, out var value) ? ReadObject(name, value) ?? default : default;

    /// <summary>An object of any members that may be absent (an undefined element then) but not null.</summary>
    public JsonElement ObjectValueOrAbsent(string name) => TryFind(name, out var value) ? ReadObject(name, value) ?? default : default;

    /// <summary>An object of any members that may be absent or null.</summary>
    public JsonElement? OptionalObject(string name) => TryFindValue(name, out var value) ? ReadObject(name, value) : null;

    private string? ReadText(string name, JsonElement value, int minLength, int maxLength)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            _errors.Add(ValidationError.StringType(_location.Member(name), value));
            return null;
        }

        var text = value.GetString()!;
        if (TextRules.Check(text, minLength, maxLength, _location, name, value) is not { } error)
        {
            return text;
        }

        _errors.Add(error);
        return null;
    }

    private JsonElement? ReadObject(string name, JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            _errors.Add(ValidationError.ObjectType(_location.Member(name), value));
            return null;
        }

        if (TextRules.ContainsNul(value))
        {
            _errors.Add(ValidationError.NulCharacter(_location.Member(name), value));
            return null;
        }

        return value;
    }

    private bool TryRequire(string name, out JsonElement value)
    {
        if (TryFind(name, out value))
        {
            return true;
        }

        // A body that is no object has been told already.
        if (_object.ValueKind is JsonValueKind.Object)
        {
            _errors.Add(ValidationError.Missing(_location.Member(name), _object));
        }

        return false;
    }

    private bool TryFind(string name, out JsonElement value)
    {
        value = default;
        return _object.ValueKind is JsonValueKind.Object && _object.TryGetProperty(name, out value);
    }

    private bool TryFindValue(string name, out JsonElement value) => TryFind(name, out value) && value.ValueKind is not JsonValueKind.Null;
}
