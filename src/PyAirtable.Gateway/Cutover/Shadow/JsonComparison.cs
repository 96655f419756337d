using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>Compares two JSON values by structure: order of members and spelling of numbers and texts do not matter.</summary>
/// <param name="ignored">Places that are not compared; those that begin with <c>..</c> are names at any depth.</param>
internal sealed class JsonComparison(IReadOnlyList<string> ignored)
{
    private const int MostDifferences = 32;

    private readonly List<Difference> _found = [];

    /// <summary>What differs; the first 32.</summary>
    public static List<Difference> Compare(JsonElement first, JsonElement second, IReadOnlyList<string> ignored)
    {
        var comparison = new JsonComparison(ignored);
        comparison.Compare(first, second, place: "", name: "");
        return comparison._found;
    }

    private void Compare(JsonElement first, JsonElement second, string place, string name)
    {
        if (_found.Count == MostDifferences || IsIgnored(place, name))
        {
            return;
        }
        switch (first.ValueKind, second.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareObjects(first, second, place);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                CompareArrays(first, second, place, name);
                break;
            case var (one, other) when one != other || !AreSame(first, second):
                Add(place, SampleValue.Of(name, first), SampleValue.Of(name, second));
                break;
        }
    }

    private void CompareObjects(JsonElement first, JsonElement second, string place)
    {
        foreach (var member in first.EnumerateObject())
        {
            var at = place.Length == 0 ? member.Name : $"{place}.{member.Name}";
            if (second.TryGetProperty(member.Name, out var other))
            {
                Compare(member.Value, other, at, member.Name);
            }
            else if (!IsIgnored(at, member.Name))
            {
                Add(at, SampleValue.Of(member.Name, member.Value), "missing");
            }
        }
        foreach (var member in second.EnumerateObject())
        {
            var at = place.Length == 0 ? member.Name : $"{place}.{member.Name}";
            if (!first.TryGetProperty(member.Name, out _) && !IsIgnored(at, member.Name))
            {
                Add(at, "missing", SampleValue.Of(member.Name, member.Value));
            }
        }
    }

    private void CompareArrays(JsonElement first, JsonElement second, string place, string name)
    {
        if (first.GetArrayLength() != second.GetArrayLength())
        {
            Add(place, SampleValue.Of(name, first), SampleValue.Of(name, second));
            return;
        }
        var at = place + "[*]";
        for (var i = 0; i < first.GetArrayLength(); i++)
        {
            Compare(first[i], second[i], at, name);
        }
    }

    private void Add(string place, string first, string second)
    {
        // Items of one array differ in one place.
        if (_found.Count < MostDifferences && !_found.Exists(known => known.Place == place))
        {
            _found.Add(new Difference("json", place, first, second));
        }
    }

    private bool IsIgnored(string place, string name)
    {
        foreach (var pattern in ignored)
        {
            if (pattern.StartsWith("..", StringComparison.Ordinal) ? pattern.AsSpan(2).SequenceEqual(name) : pattern == place)
            {
                return true;
            }
        }
        return false;
    }

    private static bool AreSame(JsonElement first, JsonElement second) => first.ValueKind switch
    {
        JsonValueKind.String => first.ValueEquals(second.GetString()),
        JsonValueKind.Number => first.GetRawText() == second.GetRawText() || AreSameNumbers(first.GetRawText(), second.GetRawText()),
        _ => true,
    };

    // Whole numbers may be longer than a double tells apart.
    private static bool AreSameNumbers(string first, string second) =>
        (IsFraction(first) || IsFraction(second)) && double.Parse(first, CultureInfo.InvariantCulture).Equals(double.Parse(second, CultureInfo.InvariantCulture));

    private static bool IsFraction(string number) => number.AsSpan().ContainsAny('.', 'e', 'E');
}
