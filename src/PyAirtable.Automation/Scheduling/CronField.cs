using System.Globalization;

namespace PyAirtable.Automation.Scheduling;

/// <summary>One field of a cron expression: checked by croniter's rules, rewritten as lists of plain numbers for Cronos.</summary>
/// <param name="Least">Least value.</param>
/// <param name="Most">Greatest value.</param>
/// <param name="Names">Names of values in lower case, the first for <paramref name="Least"/>.</param>
internal sealed record CronField(int Least, int Most, params IReadOnlyList<string> Names)
{
    public const string Any = "*";

    public static readonly CronField Second = new(0, 59);
    public static readonly CronField Minute = new(0, 59);
    public static readonly CronField Hour = new(0, 23);
    public static readonly CronField Day = new(1, 31);
    public static readonly CronField Month = new(1, 12, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    public static readonly CronField Weekday = new(0, 7, "sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private const int DaysOfWeek = 7;
    private const int MaxNth = 5;

    /// <summary>
    /// The field's rules, any of which may match: <c>*</c> alone when it leaves nothing out, else a list of numbers, <c>L</c>, a weekday
    /// with <c>L</c> or <c>#</c>. Null when the text is no such field.
    /// </summary>
    public static IReadOnlyList<string>? Parse(string text, CronField field)
    {
        var values = new SortedSet<int>();
        List<string> rules = [];
        foreach (var item in text.Split(','))
        {
            if (field.ParseSpecial(item) is { } special)
            {
                rules.Add(special);
            }
            else if (!field.AddRange(item, values))
            {
                return null;
            }
        }
        if (values.Count == field.Count)
        {
            return [Any];
        }
        if (values.Count > 0)
        {
            rules.Insert(0, string.Join(',', values));
        }
        return rules;
    }

    private int Count => ReferenceEquals(this, Weekday) ? DaysOfWeek : Most - Least + 1;

    private string? ParseSpecial(string item)
    {
        if (ReferenceEquals(this, Day))
        {
            return item == "l" ? "L" : null;
        }
        if (!ReferenceEquals(this, Weekday))
        {
            return null;
        }
        if (item is ['l', _, ..] && Value(item[1..]) is { } last)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{last % DaysOfWeek}L");
        }
        var hash = item.IndexOf('#', StringComparison.Ordinal);
        return hash > 0 && Value(item[..hash]) is { } weekday && Digits(item[(hash + 1)..]) is >= 1 and <= MaxNth and var nth
            ? string.Create(CultureInfo.InvariantCulture, $"{weekday % DaysOfWeek}#{nth}")
            : null;
    }

    private bool AddRange(string item, SortedSet<int> values)
    {
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        var range = slash < 0 ? item : item[..slash];
        var step = slash < 0 ? 1 : Digits(item[(slash + 1)..]) ?? 0;
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var from = range == Any ? Least : Value(dash < 0 ? range : range[..dash]);
        var to = range == Any || (slash >= 0 && dash < 0) ? Most : Value(dash < 0 ? range : range[(dash + 1)..]);
        if (step == 0 || from is not { } first || to is not { } last || first > last)
        {
            return false;
        }
        for (var value = first; value <= last; value += step)
        {
            // Sunday is 0 and 7; steps over the whole week do not begin a second one.
            if (!ReferenceEquals(this, Weekday) || range != Any || value < DaysOfWeek)
            {
                values.Add(ReferenceEquals(this, Weekday) ? value % DaysOfWeek : value);
            }
        }
        return true;
    }

    private int? Value(string text)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] == text)
            {
                return Least + i;
            }
        }
        return Digits(text) is { } number && number >= Least && number <= Most ? number : null;
    }

    private static int? Digits(string text) =>
        text.Length is > 0 and <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
