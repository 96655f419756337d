using Microsoft.AspNetCore.Http;

namespace PyAirtable.Hosting.Errors;

/// <summary>The faults of one request, in the order of its declaration: path, then query, then body.</summary>
public sealed class ValidationErrors
{
    /// <summary>Entries that one answer holds at most; a large array of faulty items shall not make a larger answer.</summary>
    public const int Capacity = 100;

    private readonly List<ValidationError> _entries = [];

    /// <summary>The entries, first to last.</summary>
    public IReadOnlyList<ValidationError> Entries => _entries;

    /// <summary>True once a fault was found.</summary>
    public bool Any => _entries.Count > 0;

    /// <summary>True when further faults would not be told; readers of long lists may stop.</summary>
    public bool IsFull => _entries.Count >= Capacity;

    /// <summary>Adds a fault, unless there are <see cref="Capacity"/> already.</summary>
    public void Add(ValidationError error)
    {
        if (!IsFull)
        {
            _entries.Add(error);
        }
    }

    /// <summary>Answers 422 <c>{"detail":[…]}</c>.</summary>
    public Task WriteAsync(HttpContext http)
    {
        var body = ErrorJson.Build(_entries, static (json, entries) =>
        {
            json.WriteStartArray("detail"u8);
            foreach (var entry in entries)
            {
                entry.WriteTo(json);
            }

            json.WriteEndArray();
        });
        return new PreparedAnswer(StatusCodes.Status422UnprocessableEntity, PreparedAnswer.Json, body).WriteAsync(http);
    }
}
