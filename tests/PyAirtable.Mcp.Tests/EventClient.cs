using System.Text.Json.Nodes;

namespace PyAirtable.Mcp.Tests;

/// <summary>A client's end of a stream of events.</summary>
internal sealed class EventClient(HttpResponseMessage answer) : IDisposable
{
    private StreamReader? _reader;

    /// <summary>Status of the answer.</summary>
    public int Status => (int)answer.StatusCode;

    /// <summary>Id of the last event that came.</summary>
    public string LastId { get; private set; } = "";

    /// <summary>The next event: its message, or null for one without any; comments are passed over.</summary>
    /// <exception cref="EndOfStreamException">There is none.</exception>
    public async Task<JsonNode?> NextAsync()
    {
        _reader ??= new StreamReader(await answer.Content.ReadAsStreamAsync());
        JsonNode? message = null;
        var hasData = false;
        while (true)
        {
            var line = await _reader.ReadLineAsync() ?? throw new EndOfStreamException();
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                LastId = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                (message, hasData) = (line.Length > 6 ? JsonNode.Parse(line[6..]) : null, true);
            }
            else if (line.Length == 0 && hasData)
            {
                return message;
            }
        }
    }

    /// <summary>The next message.</summary>
    public async Task<JsonNode> MessageAsync()
    {
        while (true)
        {
            if (await NextAsync() is { } message)
            {
                return message;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => answer.Dispose();
}
