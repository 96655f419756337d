using System.Net.Http.Headers;
using System.Text.Json;
using Polly;
using Polly.CircuitBreaker;
using PyAirtable.Hosting.Transport;
using PyAirtable.Mcp.Airtable;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Python;

/// <summary>
/// The Python MCP server (upstream contract 1.2 and 1.3), which runs the tools that are not native: a bounded number of calls at once, a bounded
/// number that wait, a limit of time, and a circuit that opens when it is ill.
/// </summary>
internal sealed class PythonServer : IAsyncDisposable
{
    private const int MaxAnswerBytes = 16 * 1024 * 1024;
    private const int WaitingPerPlace = 10;
    private const string Slow = "create_metadata_table";
    private static readonly TimeSpan ListLimit = TimeSpan.FromSeconds(5);

    private readonly string _url;
    private readonly TimeSpan _limit;
    private readonly int _most;
    private readonly TimeProvider _clock;
    private readonly Lazy<HttpMessageInvoker> _invoker;
    private readonly SemaphoreSlim _places;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly Lazy<ResiliencePipeline> _circuit;
    private int _inside;

    /// <summary>Connects to nothing yet.</summary>
    public PythonServer(McpSettings settings, TimeProvider clock)
    {
        (_url, _limit, _clock) = (settings.PythonUrl, settings.PythonTimeout, clock);
        _most = settings.PythonConnections * (1 + WaitingPerPlace);
        _places = new SemaphoreSlim(settings.PythonConnections);
        _invoker = new(() => PlainHttp.Create(settings.PythonConnections + 1));
        _circuit = new(BuildCircuit);
    }

    /// <summary>Called when it is not asked any more for a while (true), and when it answers again (false).</summary>
    public Action<bool> Away { get; set; } = static _ => { };

    /// <summary>State of its circuit: 0 closed, 1 half open, 2 open.</summary>
    public double Circuit => !_circuit.IsValueCreated ? 0 : _state.CircuitState switch { CircuitState.Closed => 0, CircuitState.HalfOpen => 1, _ => 2 };

    /// <summary>Its tools.</summary>
    /// <exception cref="ToolFailedException">They cannot be read.</exception>
    public async Task<IReadOnlyList<ToolDefinition>> ListAsync(string traceId, CancellationToken cancel)
    {
        var answer = await AskAsync(HttpMethod.Get, "/tools", null, ListLimit, traceId, cancel);
        return [.. BuiltJson.Items(answer, "tools").Select(ToolDefinition.Read).OfType<ToolDefinition>()];
    }

    /// <summary>Runs a tool.</summary>
    /// <exception cref="ToolFailedException">There is no result.</exception>
    public async Task<ToolOutcome> CallAsync(ToolCall call, CancellationToken cancel)
    {
        var body = BuiltJson.Bytes(json =>
        {
            json.WriteString("name", call.Name);
            json.WriteStartObject("arguments");
            foreach (var (name, value) in call.Arguments)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
            json.WriteEndObject();
        });
        var limit = call.Name == Slow ? 2 * _limit : _limit;
        if (Interlocked.Increment(ref _inside) > _most)
        {
            Interlocked.Decrement(ref _inside);
            throw new ToolFailedException("Tool service unavailable: too many calls wait; try again later");
        }
        try
        {
            await _places.WaitAsync(cancel);
            try
            {
                return PythonAnswer.Read(await AskAsync(HttpMethod.Post, "/tools/call", body, limit, call.Caller.TraceId, cancel));
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_invoker.IsValueCreated)
        {
            _invoker.Value.Dispose();
        }
        _places.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonElement> AskAsync(HttpMethod method, string path, byte[]? body, TimeSpan limit, string traceId, CancellationToken cancel)
    {
        try
        {
            return await _circuit.Value.ExecuteAsync(
                static async (question, cancel) => await question.Server.SendAsync(question.Method, question.Path, question.Body, question.Limit, question.TraceId, cancel),
                (Server: this, Method: method, Path: path, Body: body, Limit: limit, TraceId: traceId),
                cancel);
        }
        catch (BrokenCircuitException)
        {
            throw new ToolFailedException("Tool service unavailable: it failed several times and is not asked for a few seconds");
        }
        catch (TimeoutException)
        {
            throw new ToolFailedException($"Tool timed out after {limit.TotalSeconds:0.##} s");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            throw new ToolFailedException("Tool service unavailable");
        }
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, byte[]? body, TimeSpan limit, string traceId, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var timer = _clock.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), limited, limit, Timeout.InfiniteTimeSpan);
        using var request = new HttpRequestMessage(method, _url + path);
        request.Headers.TryAddWithoutValidation("X-Trace-ID", traceId);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }
        try
        {
            using var answer = await _invoker.Value.SendAsync(request, limited.Token);
            var bytes = await BoundedBody.ReadAsync(answer.Content, MaxAnswerBytes, limited.Token);
            return answer.IsSuccessStatusCode && bytes is not null ? JsonElement.Parse(bytes) : throw new HttpRequestException($"answered {(int)answer.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private ValueTask Tell(bool away)
    {
        Away(away);
        return ValueTask.CompletedTask;
    }

    private ResiliencePipeline BuildCircuit() => new ResiliencePipelineBuilder { TimeProvider = _clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = 5,
            SamplingDuration = TimeSpan.FromSeconds(10),
            BreakDuration = TimeSpan.FromSeconds(5),
            ShouldHandle = static call => new ValueTask<bool>(call.Outcome.Exception is HttpRequestException or IOException or TimeoutException or JsonException),
            StateProvider = _state,
            OnOpened = _ => Tell(away: true),
            OnClosed = _ => Tell(away: false),
        })
        .Build();
}
