using System.Text.Json;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Airtable;

/// <summary>
/// Schemas of bases, each asked for once however many want it at the same time, kept for a while, and dropped when something is written to the
/// base. A failure is not kept.
/// </summary>
/// <param name="airtable">The Airtable gateway.</param>
/// <param name="lifetime">How long one is kept; zero for not at all.</param>
/// <param name="clock">The clock.</param>
internal sealed class SchemaCache(AirtableGateway airtable, TimeSpan lifetime, TimeProvider clock)
{
    private const int MostKept = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<(SchemaKind Kind, string Base), Entry> _entries = [];

    /// <summary>Schemas that are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The schema.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="id">The base; empty for <see cref="SchemaKind.Bases"/>.</param>
    /// <param name="traceId">Trace id of who asks first.</param>
    /// <param name="cancel">Ends the waiting of this caller; others go on.</param>
    /// <exception cref="Tools.ToolFailedException">There is none.</exception>
    public Task<JsonElement> GetAsync(SchemaKind kind, string id, string traceId, CancellationToken cancel)
    {
        var path = PathOf(kind, id);
        Entry entry;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (!_entries.TryGetValue((kind, id), out entry!) || (entry.Schema.IsCompleted && entry.Ends <= now))
            {
                CallNotes.Add("reads the schema anew");
                MakeRoom();
                var asked = airtable.ReadAsync(HttpMethod.Get, id, path, null, traceId, CancellationToken.None);
                entry = new Entry(asked, now + lifetime);
                _entries[(kind, id)] = entry;
                _ = ForgetAsync((kind, id), entry);
            }
        }
        return entry.Schema.WaitAsync(cancel);
    }

    /// <summary>Something was written to the base.</summary>
    public void Drop(string id)
    {
        lock (_gate)
        {
            _entries.Remove((SchemaKind.Plain, id));
            _entries.Remove((SchemaKind.Full, id));
        }
    }

    private static string PathOf(SchemaKind kind, string id) => kind switch
    {
        SchemaKind.Bases => "/api/web/bases",
        SchemaKind.Plain => $"/bases/{RecordTarget.Segment(id, "base_id")}/schema",
        _ => $"/api/web/bases/{RecordTarget.Segment(id, "base_id")}/tables",
    };

    private async Task ForgetAsync((SchemaKind, string) key, Entry entry)
    {
        await ((Task)entry.Schema).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if ((lifetime == TimeSpan.Zero || !entry.Schema.IsCompletedSuccessfully) && _entries.TryGetValue(key, out var kept) && kept == entry)
            {
                _entries.Remove(key);
            }
        }
    }

    private void MakeRoom()
    {
        if (_entries.Count >= MostKept)
        {
            _entries.Remove(_entries.MinBy(static entry => entry.Value.Ends).Key);
        }
    }

    private sealed record Entry(Task<JsonElement> Schema, DateTimeOffset Ends);
}
