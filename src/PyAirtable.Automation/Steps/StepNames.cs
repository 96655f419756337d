namespace PyAirtable.Automation.Steps;

/// <summary>Names that steps may use for what came before them: results, and within a list of steps what only that list knows.</summary>
/// <param name="outer">What is known around it; null for the whole run.</param>
internal sealed class StepNames(StepNames? outer = null)
{
    // A result may name the one before it twice, and so on: without a bound, thirty short steps would fill any memory.
    private const int MaxResults = 16 * 1024 * 1024;

    private readonly Dictionary<string, string> _texts = [];
    private long _size;

    /// <summary>Gives a name a text.</summary>
    public void Set(string name, string text)
    {
        lock (_texts)
        {
            _texts[name] = text;
        }
    }

    /// <summary>The same for a result.</summary>
    /// <exception cref="StepFailedException">All results of the run together are too large.</exception>
    public void Add(string name, string result)
    {
        Count(result.Length);
        Set(name, result);
    }

    /// <summary>The text of a name; null when nobody knows it.</summary>
    public string? Find(string name)
    {
        lock (_texts)
        {
            if (_texts.TryGetValue(name, out var text))
            {
                return text;
            }
        }
        return outer?.Find(name);
    }

    private void Count(int length)
    {
        if (outer is not null)
        {
            outer.Count(length);
        }
        else if (Interlocked.Add(ref _size, length) > MaxResults)
        {
            throw new StepFailedException($"the results of all steps are more than {MaxResults} characters");
        }
    }
}
