using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PyAirtable.Bench.Goals;

/// <summary>A report for programs: quantities as the text that people read, the ratio as a number too. The first row of a table is its head.</summary>
internal static class JsonReport
{
    // Units such as µs stay readable: the file is no part of a web page.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file's content.</summary>
    public static byte[] Write(BenchReport report)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, Options))
        {
            json.WriteStartObject();
            json.WriteString("bench", report.Bench);
            json.WriteString("command", report.Command);
            json.WriteString("date", report.Began.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            Write(json, report.Machine);
            json.WriteStartArray("goals");
            foreach (var goal in report.Goals)
            {
                Write(json, goal);
            }

            json.WriteEndArray();
            json.WriteStartArray("figures");
            foreach (var figure in report.Figures)
            {
                json.WriteStartObject();
                json.WriteString("name", figure.Name);
                json.WriteString("value", figure.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("tables");
            foreach (var table in report.Tables)
            {
                Write(json, table);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return content.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Machine machine)
    {
        json.WriteStartObject("machine");
        json.WriteString("processor", machine.Processor);
        json.WriteNumber("cores", machine.Cores);
        json.WriteNumber("memoryMegabytes", machine.MemoryMegabytes);
        json.WriteString("kernel", machine.Kernel);
        json.WriteNumber("load", machine.Load);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Table table)
    {
        json.WriteStartObject();
        json.WriteString("title", table.Title);
        json.WriteStartArray("rows");
        foreach (var row in table.Rows.Prepend(table.Head))
        {
            json.WriteStartArray();
            foreach (var cell in row)
            {
                json.WriteStringValue(cell);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GoalLine goal)
    {
        json.WriteStartObject();
        json.WriteString("goal", goal.Goal);
        json.WriteString("ours", goal.Ours.ToString());
        json.WriteString("yardstick", goal.Yardstick.ToString());
        if (goal.Ratio is { } ratio)
        {
            json.WriteNumber("ratio", Math.Round(ratio, 4));
        }
        else
        {
            json.WriteNull("ratio");
        }

        json.WriteString("verdict", goal.Verdict);
        json.WriteEndObject();
    }
}
