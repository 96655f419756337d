using System.Buffers;
using System.Text.Json;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Bench.Micro;

/// <summary>Writes answers into memory that is kept, as services do.</summary>
internal sealed class JsonOutput : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly Utf8JsonWriter _json;

    public JsonOutput() => _json = new Utf8JsonWriter(_buffer, JsonAnswer.Compact);

    /// <summary>Writes an object's members; bytes of the object.</summary>
    public int Write<TState>(TState state, Action<Utf8JsonWriter, TState> members)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        members(_json, state);
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenCount;
    }

    public void Dispose() => _json.Dispose();
}
