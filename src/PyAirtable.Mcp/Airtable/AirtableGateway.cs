using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PyAirtable.Hosting.Transport;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Airtable;

/// <summary>The Airtable gateway (upstream contract 3): kept-alive connections, a bounded number of them, nothing made before the first call.</summary>
internal sealed class AirtableGateway : IAsyncDisposable
{
    private const int MaxAnswerBytes = 16 * 1024 * 1024;
    private const int LongestDetail = 2000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _url;
    private readonly string _key;
    private readonly BaseRateLimit _rate;
    private readonly TimeProvider _clock;
    private readonly Lazy<HttpMessageInvoker> _invoker;

    /// <summary>Connects to nothing yet.</summary>
    public AirtableGateway(McpSettings settings, TimeProvider clock)
    {
        (_url, _key, _clock) = (settings.AirtableUrl, settings.AirtableKey, clock);
        _rate = new BaseRateLimit(settings.AirtableRateLimit, clock);
        _invoker = new(() => PlainHttp.Create(settings.AirtableConnections));
    }

    /// <summary>Sends a request and parses the JSON of its answer.</summary>
    /// <inheritdoc cref="SendAsync"/>
    public async Task<JsonElement> ReadAsync(HttpMethod method, string id, string target, byte[]? body, string traceId, CancellationToken cancel)
    {
        using var answer = await SendAsync(method, id, target, body, traceId, cancel);
        return Parse(answer.Span);
    }

    /// <summary>Sends a request and reads its answer, which should be JSON.</summary>
    /// <param name="method">Method.</param>
    /// <param name="id">The base, by which the rate is limited.</param>
    /// <param name="target">Encoded path and query.</param>
    /// <param name="body">JSON; null for none.</param>
    /// <param name="traceId">Trace id.</param>
    /// <param name="cancel">Aborts it.</param>
    /// <exception cref="ToolFailedException">There is no answer, or it is an error.</exception>
    public async Task<PooledBytes> SendAsync(HttpMethod method, string id, string target, byte[]? body, string traceId, CancellationToken cancel)
    {
        await _rate.WaitAsync(id, cancel);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var timer = _clock.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), limit, Limit, Timeout.InfiniteTimeSpan);
        try
        {
            using var request = new HttpRequestMessage(method, _url + target);
            request.Headers.TryAddWithoutValidation("X-API-Key", _key);
            request.Headers.TryAddWithoutValidation("X-Trace-ID", traceId);
            if (body is not null)
            {
                request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            }
            using var answer = await _invoker.Value.SendAsync(request, limit.Token);
            var bytes = new PooledBytes((int)Math.Min(answer.Content.Headers.ContentLength ?? 0, MaxAnswerBytes));
            if (!await BoundedBody.TryReadAsync(answer.Content, bytes, MaxAnswerBytes, limit.Token))
            {
                throw new ToolFailedException("The answer is too large; ask for fewer records");
            }
            return answer.IsSuccessStatusCode ? bytes : throw new ToolFailedException(DetailOf(answer.StatusCode, bytes));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ToolFailedException($"The Airtable gateway timed out after {Limit.TotalSeconds:0} s");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new ToolFailedException("All connection attempts failed");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_invoker.IsValueCreated)
        {
            _invoker.Value.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    private static JsonElement Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonElement.Parse(bytes);
        }
        catch (JsonException)
        {
            throw new ToolFailedException("Expecting value: line 1 column 1 (char 0)");
        }
    }

    // The gateway's own reason, which the Python server lost (M6).
    private static string DetailOf(HttpStatusCode status, PooledBytes bytes)
    {
        using var read = bytes;
        string? detail = null;
        try
        {
            var answer = JsonElement.Parse(bytes.Span);
            detail = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("detail", out var value)
                ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not what the gateway sends; its status says enough.
        }
        detail ??= $"The Airtable gateway answered {(int)status}";
        return detail.Length <= LongestDetail ? detail : detail[..LongestDetail];
    }
}
