using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Access;

/// <summary>
/// A 200 answer whose JSON may be long. What is short is sent at once with its length; what is not is sent in pieces, so that no
/// request takes more memory than a piece and a row.
/// </summary>
internal sealed class LongAnswer(HttpContext http) : IDisposable
{
    private const int Piece = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private Utf8JsonWriter? _json;

    /// <summary>Writes the answer.</summary>
    public Utf8JsonWriter Json => _json ??= new Utf8JsonWriter(_buffer, JsonAnswer.Compact);

    /// <summary>Whether there is enough for a piece; <see cref="SendPieceAsync"/> is due, without a database connection in hand: clients may be slow.</summary>
    public bool IsFull => _buffer.WrittenCount + Json.BytesPending >= Piece;

    /// <summary>Sends what there is.</summary>
    public async Task SendPieceAsync()
    {
        Json.Flush();
        var response = http.Response;
        if (!response.HasStarted)
        {
            response.ContentType = PreparedAnswer.Json;
        }

        await response.BodyWriter.WriteAsync(_buffer.WrittenMemory, http.RequestAborted);
        _buffer.ResetWrittenCount();
    }

    /// <summary>Sends the rest.</summary>
    public Task EndAsync()
    {
        Json.Flush();
        if (!http.Response.HasStarted)
        {
            http.Response.ContentLength = _buffer.WrittenCount;
        }

        return SendPieceAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _json?.Dispose();
}
