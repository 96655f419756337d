using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Logging;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Hosting.Tracing;

namespace PyAirtable.Hosting.Serving;

/// <summary>
/// Runs the requests of one service: takes them from Kestrel or from another service of the same process, calls the module's
/// handler, turns what it throws into an answer, and records log line, metrics and span.
/// </summary>
/// <remarks>It stands directly on Kestrel, without ASP.NET Core's own application object and middleware: the contracts need none
/// of it, and a request through it costs nothing but the handler and the record. Contexts are reused per connection.</remarks>
public sealed partial class ServiceApplication : IHttpApplication<RequestContext>
{
    private readonly ProcessContext _process;
    private readonly RequestHandler _handler;
    private readonly RequestMetrics _metrics;
    private readonly ILogger _log;
    private readonly IServiceModule _module;
    private int _inFlight;

    /// <summary>Takes the module's handler into service.</summary>
    public ServiceApplication(ProcessContext process, IServiceModule module)
    {
        Name = module.Name;
        _process = process;
        _handler = module.Handler;
        _module = module;
        _metrics = process.Metrics.ForService(module.Name);
        _log = process.Log.CreateLogger($"{module.Name}.requests");
    }

    /// <summary>The service's short name.</summary>
    public string Name { get; }

    /// <summary>Requests being answered now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <inheritdoc/>
    public RequestContext CreateContext(IFeatureCollection contextFeatures)
    {
        var kept = contextFeatures as IHostContextContainer<RequestContext>;
        var request = kept?.HostContext;
        if (request is null)
        {
            request = new RequestContext { Http = new DefaultHttpContext() };
            if (kept is not null)
            {
                kept.HostContext = request;
            }
        }
        ((DefaultHttpContext)request.Http).Initialize(contextFeatures);
        request.Begin();
        return request;
    }

    /// <inheritdoc/>
    public Task ProcessRequestAsync(RequestContext context)
    {
        // The server closes the connection after a body that it did not read to its end; the client has to know.
        if (_process.Stop.HasBegun || context.Http.Request.ContentLength > _module.MaxRequestBodyBytes)
        {
            context.Http.Response.Headers.Connection = "close";
        }
        if (context.Http.Request.Headers.TransferEncoding.Count > 0)
        {
            context.Http.Features.Get<ChunkLines>()?.Begin();
        }
        return AnswerAsync(context);
    }

    /// <inheritdoc/>
    public void DisposeContext(RequestContext context, Exception? exception)
    {
        Record(context);
        ((DefaultHttpContext)context.Http).Uninitialize();
    }

    /// <summary>Answers a request that another service of this process received, on the same exchange: no socket, no copy.
    /// The caller has set the path that this service is to see.</summary>
    public async Task AnswerLocallyAsync(RequestContext outer)
    {
        var inner = new RequestContext { Http = outer.Http, TraceId = outer.TraceId };
        inner.Begin(keepTrace: true);
        await AnswerAsync(inner);
        Record(inner);
    }

    /// <summary>Takes a request into the record that a module answers by itself, before the HTTP server; followed by one of
    /// <see cref="EndRequest"/> or <see cref="ForgetRequest"/>.</summary>
    public void BeginRequest()
    {
        Interlocked.Increment(ref _inFlight);
        _metrics.Begin();
    }

    /// <summary>Such a request is not answered by the module after all.</summary>
    public void ForgetRequest()
    {
        Interlocked.Decrement(ref _inFlight);
        _metrics.Forget();
    }

    /// <summary>A request was answered: log line and metrics.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="route">Template of the matched route; null where none matched.</param>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="startedAt">When it came, of <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="bytes">Bytes of the answer's body.</param>
    /// <param name="traceId">Its trace id; empty for one that is made up here, where access is logged.</param>
    /// <param name="upstream">Who answered; null for the service itself.</param>
    /// <param name="path">The path, for the log where no route matched.</param>
    public void EndRequest(string method, string? route, int status, long startedAt, long bytes, ReadOnlySpan<char> traceId, string? upstream, string? path = null)
    {
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        Interlocked.Decrement(ref _inFlight);
        _metrics.End(method, route, status, elapsed);
        if (_process.Log.AccessEnabled)
        {
            _process.Log.WriteAccess(new AccessLine(Name, method, route ?? path ?? "", status, elapsed, bytes, traceId.IsEmpty ? RandomIds.New().ToString() : traceId, upstream));
        }
    }

    private async Task AnswerAsync(RequestContext request)
    {
        BeginRequest();
        request.Span = StartSpan(request.Http.Request);
        try
        {
            await _handler(request);
        }
        catch (OperationCanceledException) when (request.Aborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (BadHttpRequestException e) when (!request.Http.Response.HasStarted)
        {
            await DetailError.WriteAsync(request.Http, e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "Request Entity Too Large" : "There was an error parsing the body");
        }
        catch (Exception e)
        {
            LogUnhandled(_log, e, request.Http.Request.Method, request.Route ?? "unmatched", request.TraceId);
            await FailAsync(request.Http);
        }
    }

    private Activity? StartSpan(HttpRequest request) => RequestSpans.Enabled
        ? RequestSpans.StartServer(Name, request.Method, request.Headers.TraceParent, request.Headers.TraceState)
        : null;

    private static Task FailAsync(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }
        http.Response.Clear();
        return PlainText.WriteInternalServerErrorAsync(http);
    }

    private void Record(RequestContext request)
    {
        var http = request.Http;
        var status = request.AnsweredStatus ?? http.Response.StatusCode;
        RequestSpans.EndServer(request.Span, request.Route, status);
        EndRequest(
            http.Request.Method,
            request.Route,
            status,
            request.StartedAt,
            request.BytesSent ?? (HasBody(http) ? http.Response.ContentLength ?? 0 : 0),
            _process.Log.AccessEnabled ? request.TraceId : null,
            request.Upstream,
            http.Request.Path.Value);
    }

    private static bool HasBody(HttpContext http) => !HttpMethods.IsHead(http.Request.Method) && http.Response.StatusCode is not StatusCodes.Status304NotModified;

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Method} {Route} failed, trace {TraceId}")]
    private static partial void LogUnhandled(ILogger logger, Exception error, string method, string route, string traceId);
}
