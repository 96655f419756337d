using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Testing.Airtable;

/// <summary>The one table of the stand-in's bases: <c>tblTasks</c>, also by its name, with a hundred records at first.</summary>
internal sealed class AirtableTable
{
    /// <summary>Its id.</summary>
    public const string Id = "tblTasks";

    /// <summary>Its name.</summary>
    public const string Name = "Tasks";

    // Records that are added beyond this push out the oldest.
    private const int Most = 1100;
    private const int AtFirst = 100;
    private const string Created = "2025-01-15T10:30:00.000Z";

    private readonly Lock _lock = new();
    private readonly List<(string Id, string Fields)> _records = [];
    private int _added;

    /// <summary>The table with its first records.</summary>
    public AirtableTable()
    {
        for (var number = 1; number <= AtFirst; number++)
        {
            Add($$"""{"Name":"Task {{number}}","Status":"{{(number % 2 == 0 ? "Done" : "Todo")}}","Effort":{{number}}.5,"Notes":"Über die Rechnung sprechen, ehe die Woche endet."}""");
        }
    }

    /// <summary>Adds a record and gives its id.</summary>
    public string Add(string fields)
    {
        lock (_lock)
        {
            var id = "rec" + (++_added).ToString("D14", CultureInfo.InvariantCulture);
            if (_records.Count == Most)
            {
                _records.RemoveAt(AtFirst);
            }
            _records.Add((id, fields));
            return id;
        }
    }

    /// <summary>Gives a record other fields; false if there is none of that id.</summary>
    public bool Change(string id, string fields)
    {
        lock (_lock)
        {
            var index = _records.FindIndex(record => record.Id == id);
            if (index >= 0)
            {
                _records[index] = (id, fields);
            }
            return index >= 0;
        }
    }

    /// <summary>Removes a record; false if there is none of that id.</summary>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            return _records.RemoveAll(record => record.Id == id) > 0;
        }
    }

    /// <summary>Writes the first records as <c>{"records":[…]}</c>.</summary>
    public void WriteFirst(Utf8JsonWriter json, int count)
    {
        (string Id, string Fields)[] records;
        lock (_lock)
        {
            records = [.. _records.Take(count)];
        }
        json.WriteStartObject();
        json.WriteStartArray("records");
        foreach (var (id, fields) in records)
        {
            Write(json, id, fields);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a record as <c>{"id","fields","createdTime"}</c>.</summary>
    public static void Write(Utf8JsonWriter json, string id, string fields)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WritePropertyName("fields");
        json.WriteRawValue(fields, skipInputValidation: true);
        json.WriteString("createdTime", Created);
        json.WriteEndObject();
    }
}
