using System.Globalization;

namespace PyAirtable.Hosting.Logging;

/// <summary>The named values of a log call, made immutable and redacted, and the template they belong to.</summary>
internal sealed class CapturedValues
{
    private const string TemplateName = "{OriginalFormat}";
    private static readonly CapturedValues None = new("", []);

    private readonly string _template;

    private CapturedValues(string template, LogValue[] values)
    {
        _template = template;
        Values = values;
    }

    /// <summary>The values in the call's order.</summary>
    public LogValue[] Values { get; }

    /// <summary>Whether a value was hidden, so that the call's own text must not be used.</summary>
    public bool HasSecret => Array.Exists(Values, value => ReferenceEquals(value.Value, Redaction.Mask));

    /// <summary>Whether the call names its trace id itself.</summary>
    public bool HasTraceId => Array.Exists(Values, value => value.Name is "TraceId" or "traceId" or "trace_id");

    /// <summary>Takes the values of a log call's state; none where it has no named ones.</summary>
    public static CapturedValues From(IReadOnlyList<KeyValuePair<string, object?>>? state)
    {
        if (state is null || state.Count == 0)
        {
            return None;
        }

        var hasTemplate = state[^1].Key == TemplateName;
        var template = hasTemplate ? state[^1].Value as string ?? "" : "";
        var values = new LogValue[hasTemplate ? state.Count - 1 : state.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (name, value) = state[i];
            values[i] = new LogValue(name, Fix(name, value), MessageTemplate.Names(template, name));
        }

        return values.Length == 0 ? None : new CapturedValues(template, values);
    }

    /// <summary>The message made from the redacted values.</summary>
    public string RenderTemplate() => MessageTemplate.Render(_template, Values);

    /// <summary>Numbers and truth values are no secrets, whatever their name (<c>TokensUsed</c>).</summary>
    private static object? Fix(string name, object? value) => value switch
    {
        null or bool or long => value,
        Enum other => other.ToString(),
        byte or sbyte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        double real when double.IsFinite(real) => value,
        float real when float.IsFinite(real) => (double)real,
        _ when Redaction.IsSecretName(name) => Redaction.Mask,
        string text => Redaction.Text(text),
        IEnumerable<string> texts => Redaction.Text(string.Join(", ", texts)),
        IFormattable other => Redaction.Text(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => Redaction.Text(value.ToString() ?? ""),
    };
}
