using System.Text;

namespace PyAirtable.Bench.Goals;

/// <summary>A table beside the goals. Its first column is text, the others are figures.</summary>
/// <param name="Title">What it shows, and how it was measured where that is to be said.</param>
/// <param name="Head">Names of the columns.</param>
/// <param name="Rows">As many cells each.</param>
public sealed record Table(string Title, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>It on a terminal.</summary>
    public string ToText()
    {
        var widths = Head.Select((name, column) => Rows.Select(row => row[column].Length).Append(name.Length).Max()).ToArray();
        var text = new StringBuilder(Title).Append('\n');
        foreach (var row in Rows.Prepend(Head))
        {
            text.Append("  ").AppendJoin("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>It in Markdown, without its title.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        foreach (var row in (IEnumerable<IReadOnlyList<string>>)[Head, [.. Head.Select(static (_, column) => column == 0 ? "---" : "---:")], .. Rows])
        {
            text.Append("| ").AppendJoin(" | ", row.Select(static cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        }

        return text.ToString();
    }
}
