using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PyAirtable.Hosting.Errors;

// The kinds that the contracts know (platform contract 0.7 and D-16, automation contract 1.3).
public sealed partial class ValidationError
{
    private const string MissingType = "missing";

    /// <summary>A required value is absent; <paramref name="holder"/> is the object that lacks it.</summary>
    public static ValidationError Missing(Location at, ErrorInput holder) => new(MissingType, at, "Field required", holder);

    /// <summary>The body is not JSON. <paramref name="offset"/> counts characters; <paramref name="reason"/> is the parser's text.</summary>
    public static ValidationError JsonInvalid(int offset, string reason) =>
        new("json_invalid", Location.Body.Item(offset), "JSON decode error", EmptyObject, Context("error", reason));

    /// <summary>An object with known members was expected.</summary>
    public static ValidationError ModelType(Location at, ErrorInput input) =>
        new("model_attributes_type", at, "Input should be a valid dictionary or object to extract fields from", input);

    /// <summary>A text was expected.</summary>
    public static ValidationError StringType(Location at, ErrorInput input) => new("string_type", at, "Input should be a valid string", input);

    /// <summary>Fewer than <paramref name="least"/> characters.</summary>
    public static ValidationError StringTooShort(Location at, ErrorInput input, int least) =>
        new("string_too_short", at, $"String should have at least {least} character{(least == 1 ? "" : "s")}", input, Context("min_length", least));

    /// <summary>More than <paramref name="most"/> characters.</summary>
    public static ValidationError StringTooLong(Location at, ErrorInput input, int most) =>
        new("string_too_long", at, $"String should have at most {most} character{(most == 1 ? "" : "s")}", input, Context("max_length", most));

    /// <summary>A NUL character, which no database column takes.</summary>
    public static ValidationError NulCharacter(Location at, ErrorInput input) =>
        new("value_error", at, "Value error, NUL characters are not allowed", input, """{"error":{}}""");

    /// <summary>Not an e-mail address.</summary>
    public static ValidationError Email(Location at, ErrorInput input, string reason) =>
        new("value_error", at, "value is not a valid email address: " + reason, input, Context("reason", reason));

    /// <summary>An integer was expected, not null, an array or an object.</summary>
    public static ValidationError IntegerType(Location at, ErrorInput input) => new("int_type", at, "Input should be a valid integer", input);

    /// <summary>A text that is no integer.</summary>
    public static ValidationError IntegerParsing(Location at, ErrorInput input) =>
        new("int_parsing", at, "Input should be a valid integer, unable to parse string as an integer", input);

    /// <summary>A number with a fraction where an integer was expected.</summary>
    public static ValidationError IntegerFromFraction(Location at, ErrorInput input) =>
        new("int_from_float", at, "Input should be a valid integer, got a number with a fractional part", input);

    /// <summary>Below <paramref name="least"/>.</summary>
    public static ValidationError TooSmall(Location at, ErrorInput input, long least) =>
        new("greater_than_equal", at, $"Input should be greater than or equal to {Digits(least)}", input, Context("ge", least));

    /// <summary>Above <paramref name="most"/>.</summary>
    public static ValidationError TooLarge(Location at, ErrorInput input, long most) =>
        new("less_than_equal", at, $"Input should be less than or equal to {Digits(most)}", input, Context("le", most));

    /// <summary>A number was expected, not null, an array or an object.</summary>
    public static ValidationError NumberType(Location at, ErrorInput input) => new("float_type", at, "Input should be a valid number", input);

    /// <summary>A text that is no number.</summary>
    public static ValidationError NumberParsing(Location at, ErrorInput input) =>
        new("float_parsing", at, "Input should be a valid number, unable to parse string as a number", input);

    /// <summary>Not a number, or infinite.</summary>
    public static ValidationError NumberNotFinite(Location at, ErrorInput input) => new("finite_number", at, "Input should be a finite number", input);

    /// <summary>A boolean was expected, not null, an array or an object.</summary>
    public static ValidationError BooleanType(Location at, ErrorInput input) => new("bool_type", at, "Input should be a valid boolean", input);

    /// <summary>A text or number that stands for no boolean.</summary>
    public static ValidationError BooleanParsing(Location at, ErrorInput input) =>
        new("bool_parsing", at, "Input should be a valid boolean, unable to interpret input", input);

    /// <summary>An object was expected.</summary>
    public static ValidationError ObjectType(Location at, ErrorInput input) => new("dict_type", at, "Input should be a valid dictionary", input);

    /// <summary>An array was expected.</summary>
    public static ValidationError ListType(Location at, ErrorInput input) => new("list_type", at, "Input should be a valid list", input);

    /// <summary>An upload was expected where a plain form field of <paramref name="text"/> came.</summary>
    public static ValidationError UploadExpected(Location at, string text) =>
        new("value_error", at, "Value error, Expected UploadFile, received: <class 'str'>", text, """{"error":{}}""");

    private static ErrorInput EmptyObject => JsonElement.Parse("{}"u8);

    private static string Digits(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Context(string name, long value) => $$"""{"{{name}}":{{Digits(value)}}}""";

    private static string Context(string name, string text) =>
        Encoding.UTF8.GetString(ErrorJson.Build((name, text), static (json, pair) => json.WriteString(pair.name, pair.text)).Span);
}
