using System.Globalization;
using System.Text;

namespace PyAirtable.Load.Http;

/// <summary>Writes requests into one buffer, each over the one before.</summary>
/// <param name="host">Value of <c>Host</c>.</param>
/// <param name="key">Value of <c>X-API-Key</c>.</param>
internal sealed class RequestWriter(string host, string key)
{
    private readonly string _common = $" HTTP/1.1\r\nHost: {host}\r\nX-API-Key: {key}\r\nUser-Agent: pyairtable-load\r\nAccept: */*\r\n";
    private byte[] _buffer = new byte[8192];
    private int _count;

    /// <summary>Writes one; good until the next is written.</summary>
    public ReadOnlySpan<byte> Write(HttpCall call)
    {
        _count = 0;
        Add(call.Method);
        Add(" ");
        Add(call.Path);
        Add(_common);
        if (call.Token is not null)
        {
            Add("Authorization: Bearer ");
            Add(call.Token);
            Add("\r\n");
        }
        if (call.ContentType is not null)
        {
            Add("Content-Type: ");
            Add(call.ContentType);
            Add("\r\nContent-Length: ");
            Reserve(16);
            call.Body.Length.TryFormat(_buffer.AsSpan(_count), out var digits, provider: CultureInfo.InvariantCulture);
            _count += digits;
            Add("\r\n");
        }
        Add("\r\n");
        Reserve(call.Body.Length);
        call.Body.Span.CopyTo(_buffer.AsSpan(_count));
        return _buffer.AsSpan(0, _count + call.Body.Length);
    }

    private void Add(string text)
    {
        Reserve(text.Length);
        _count += Encoding.ASCII.GetBytes(text, _buffer.AsSpan(_count));
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _count < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_count + bytes, _buffer.Length * 2));
        }
    }
}
