using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Load.Upstream;

/// <summary>The records of the only table, in memory: a hundred at first; the oldest of those that were added give way.</summary>
internal sealed class RecordTable
{
    private const int AtFirst = 100;
    private const int Most = 1100;

    private readonly List<StoredRecord> _records = [];
    private readonly Dictionary<string, StoredRecord> _byId = [];
    private readonly Lock _lock = new();
    private long _added;

    /// <summary>A table with its first records.</summary>
    public RecordTable()
    {
        for (var number = 0; number < AtFirst; number++)
        {
            Add(JsonSerializer.SerializeToUtf8Bytes(FirstFields(number), UpstreamJson.Default.DictionaryStringString));
        }
    }

    /// <summary>Adds a record with these fields.</summary>
    public StoredRecord Add(byte[] fields)
    {
        lock (_lock)
        {
            var record = new StoredRecord("rec" + (++_added).ToString("x14", CultureInfo.InvariantCulture), fields, "2025-01-15T10:30:00.000Z");
            if (_records.Count == Most)
            {
                _byId.Remove(_records[AtFirst].Id);
                _records.RemoveAt(AtFirst);
            }
            _records.Add(record);
            _byId[record.Id] = record;
            return record;
        }
    }

    /// <summary>Gives a record other fields; null if there is none of that id.</summary>
    public StoredRecord? Change(string id, byte[] fields)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var record))
            {
                return null;
            }
            record.Fields = fields;
            return record;
        }
    }

    /// <summary>Removes a record; whether there was one.</summary>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            return _byId.Remove(id, out var record) && _records.Remove(record);
        }
    }

    /// <summary>The first records.</summary>
    public StoredRecord[] First(int count)
    {
        lock (_lock)
        {
            return [.. _records.Take(count)];
        }
    }

    private static Dictionary<string, string> FirstFields(int number) => new()
    {
        ["Name"] = string.Create(CultureInfo.InvariantCulture, $"Task {number}"),
        ["Status"] = (number % 3) switch { 0 => "Todo", 1 => "In progress", _ => "Done" },
        ["Notes"] = "Ask the customer about the new invoice before the end of the week.",
    };
}
