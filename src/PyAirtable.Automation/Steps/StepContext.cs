using System.Globalization;
using System.Text;
using System.Text.Json;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Workflows;

namespace PyAirtable.Automation.Steps;

/// <summary>
/// What steps may name as <c>{key}</c> (automation contract 3.2, D10): the run's own values, those of the file that started it, then the
/// scalars of its trigger data.
/// Names that are not known, and objects and arrays other than step results, stay as they are written.
/// </summary>
internal sealed class StepContext(ExecutionJob job, TimeProvider clock)
{
    // A result may name the one before it twice, and so on: without a bound, thirty short steps would fill any memory.
    internal const int MaxText = 1024 * 1024;

    private readonly JsonElement _data = JsonElement.Parse(job.TriggerData);
    private StepNames _results = new();

    /// <summary>
    /// One text for a step of an execution, the same each time that it is tried: where what a step does outside is told it, the other side
    /// can see that it has done this already.
    /// </summary>
    public string IdempotencyKey { get; private set; } = job.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The step's input after templating, as JSON, where the step sets it; it is kept with what the step did.</summary>
    public string? Input { get; set; }

    /// <summary>The context of one step.</summary>
    /// <param name="path">The step's number, and for steps within steps the numbers on the way to it: <c>3.1</c>.</param>
    public StepContext ForStep(string path)
    {
        var step = (StepContext)MemberwiseClone();
        step.IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"{job.Id}-{path}");
        return step;
    }

    /// <summary>The context of steps that are run for one item: it also knows <c>{item}</c> and <c>{index}</c>.</summary>
    /// <param name="item">The item as text.</param>
    /// <param name="index">Its place, from 0.</param>
    public StepContext ForItem(string item, int index)
    {
        var each = (StepContext)MemberwiseClone();
        each._results = new StepNames(_results);
        each._results.Set("item", item);
        each._results.Set("index", index.ToString(CultureInfo.InvariantCulture));
        return each;
    }

    /// <summary>The file that started the run, and its names.</summary>
    public FileNames File { get; } = new(job.TriggeredFileId);

    /// <summary>Remembers a step's result.</summary>
    /// <exception cref="StepFailedException">All results together are too large.</exception>
    public void Add(int number, string result) => Add(number.ToString(CultureInfo.InvariantCulture), result);

    /// <summary>Remembers the result of a step within steps: <c>3_1</c> is known as <c>step_3_1_result</c>.</summary>
    /// <exception cref="StepFailedException">All results together are too large.</exception>
    public void Add(string number, string result) => _results.Add($"step_{number}_result", result);

    /// <summary>What a <c>{name}</c> or <c>{name.member}</c> means when it is asked for as JSON: a result, or a value of the trigger data.</summary>
    public JsonElement? Find(ReadOnlySpan<char> reference)
    {
        var names = reference.ToString().Split('.');
        var found = _results.Find(names[0]) is { } text ? Parse(text) : _data.TryGetProperty(names[0], out var given) ? given : (JsonElement?)null;
        foreach (var name in names.AsSpan(1))
        {
            found = found is { ValueKind: JsonValueKind.Object } outer && outer.TryGetProperty(name, out var member) ? member : null;
        }
        return found;
    }

    /// <summary>Replaces every known <c>{key}</c>; what was put in is not looked at again.</summary>
    /// <exception cref="StepFailedException">The text becomes too long.</exception>
    public string Fill(string template)
    {
        var open = template.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return template;
        }
        var text = new StringBuilder();
        var done = 0;
        while (open >= 0)
        {
            var close = template.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }
            if (Find(template[(open + 1)..close]) is { } value)
            {
                text.Append(template, done, open - done).Append(value);
                if (text.Length > MaxText)
                {
                    throw new StepFailedException($"a text is longer than {MaxText} characters");
                }
                done = close + 1;
            }
            open = template.IndexOf('{', Math.Max(done, open + 1));
        }
        return text.Append(template, done, template.Length - done).ToString();
    }

    private static JsonElement? Parse(string json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string? Find(string key) => key switch
    {
        "workflow_id" => job.WorkflowId.ToString(CultureInfo.InvariantCulture),
        "execution_id" => job.Id.ToString(CultureInfo.InvariantCulture),
        "triggered_file_id" when job.TriggeredFileId is { } file => file.ToString(CultureInfo.InvariantCulture),
        "created_at" => WireTime.Text(job.CreatedAt),
        "now" => WireTime.Text(WireTime.Now(clock)),
        _ => _results.Find(key) ?? File.Find(key) ?? FindInData(key),
    };

    private string? FindInData(string key) =>
        _data.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? PythonText.Of(value)
            : null;
}
