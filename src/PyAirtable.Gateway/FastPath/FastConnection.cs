using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Http1;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.RateLimiting;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.FastPath;

/// <summary>A client's connection on the fast path, until something unusual comes.</summary>
internal sealed class FastConnection : IUpstreamRequest
{
    // As long as the server lets a connection be idle, and a head be on its way.
    private const long IdleMilliseconds = 130_000;
    private const long RequestMilliseconds = 30_000;
    private const long SendMilliseconds = 60_000;

    private readonly FastPath _path;
    private readonly ServiceApplication _application;
    private readonly SocketConnection _client;
    private readonly FastHead _head;
    private readonly Lock _attached = new();
    private readonly string _peer;
    private readonly byte[] _ids = new byte[2 * RandomIds.Length];
    private ReadOnlySequence<byte> _input;
    private byte[]? _lastForwardedFor;
    private string _lastForwardedKey = "";
    private UpstreamConnection? _upstream;
    private bool _hasGone;
    private long _sent;

    /// <summary>Takes a new connection.</summary>
    public FastConnection(FastPath path, ServiceApplication application, SocketConnection client)
    {
        (_path, _application, _client) = (path, application, client);
        _head = new FastHead(path.Options);
        _peer = (client.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "";
    }

    /// <inheritdoc/>
    public bool IsHead => _head.Method == "HEAD";

    /// <inheritdoc/>
    public bool IsIdempotent => RetryRule.IsIdempotent(_head.Method);

    /// <inheritdoc/>
    public bool IsReplayable => true;

    /// <inheritdoc/>
    public Exception? Failure => _hasGone ? new OperationCanceledException() : null;

    private ReadOnlySpan<byte> Input => _input.FirstSpan;

    private PipeReader Reader => _client.Transport.Input;

    private PipeWriter Writer => _client.Transport.Output;

    /// <summary>Serves it; what is unusual goes to <paramref name="next"/>, and with it all that follows.</summary>
    public async Task RunAsync(ConnectionDelegate next)
    {
        var lifetime = _client.Features.Get<IConnectionLifetimeNotificationFeature>();
        var stopping = lifetime?.ConnectionClosedRequested.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), Reader) ?? default;
        bool goesOn;
        _client.Ended = static connection => ((FastConnection)connection!).OnClientGone();
        _client.EndedState = this;
        try
        {
            goesOn = await ServeAsync();
        }
        catch (Exception error) when (error is ConnectionResetException or TimeoutException)
        {
            goesOn = false;
        }
        finally
        {
            _client.Ended = null;
            _client.Socket.SetDeadline(0);
            await stopping.DisposeAsync();
        }
        if (goesOn)
        {
            await next(_client);
        }
    }

    /// <inheritdoc/>
    public void Write(ref RequestBytes bytes, UpstreamAddress address) => FastRequest.Write(ref bytes, _path, _head, Input, address.Endpoint, _peer, _ids);

    /// <inheritdoc/>
    public void Attach(UpstreamConnection connection)
    {
        lock (_attached)
        {
            _upstream = connection;
            if (_hasGone)
            {
                connection.Abort();
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DetachAsync()
    {
        lock (_attached)
        {
            _upstream = null;
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void OnAnswered()
    {
    }

    /// <inheritdoc/>
    public void OnSent()
    {
    }

    /// <inheritdoc/>
    public void OnContinue()
    {
    }

    private void OnClientGone()
    {
        lock (_attached)
        {
            _hasGone = true;
            _upstream?.Abort();
        }
    }

    // True where the server is to go on with the connection.
    private async ValueTask<bool> ServeAsync()
    {
        _client.Socket.SetDeadline(Environment.TickCount64 + IdleMilliseconds);
        while (true)
        {
            var read = await Reader.ReadAsync();
            _input = read.Buffer;
            var verdict = read.IsCanceled ? HeadVerdict.Unusual : _head.Read(Input);
            if (verdict == HeadVerdict.Usual && Input.Length < _head.Length + _head.ContentLength)
            {
                // What is not on its way already may be long in coming, and goes up as it comes.
                verdict = _client.Socket.MayReceive ? HeadVerdict.Incomplete : HeadVerdict.Unusual;
            }
            switch (verdict)
            {
                case HeadVerdict.Incomplete when read.IsCompleted:
                    Reader.AdvanceTo(_input.Start);
                    return !_input.IsEmpty;
                case HeadVerdict.Incomplete:
                    if (!_input.IsEmpty)
                    {
                        _client.Socket.SetDeadline(Environment.TickCount64 + RequestMilliseconds);
                    }
                    Reader.AdvanceTo(_input.Start, _input.End);
                    continue;
                case HeadVerdict.Unusual:
                    Reader.AdvanceTo(_input.Start);
                    return !_path.IsStopping || !_input.IsEmpty;
            }
            _client.Socket.SetDeadline(0);
            if (!_path.Admits(_head.ApiKey.Of(Input)) || await TakeAsync() is not { Allowed: true } decision)
            {
                Reader.AdvanceTo(_input.Start);
                return true;
            }
            switch (await AnswerAsync(decision))
            {
                case Ending.Refused:
                    Reader.AdvanceTo(_input.Start);
                    return true;
                case Ending.Closes:
                    return false;
            }
            Reader.AdvanceTo(_input.GetPosition(_head.Length + _head.ContentLength));
            _client.Socket.SetDeadline(Environment.TickCount64 + IdleMilliseconds);
        }
    }

    private ValueTask<RateLimitDecision> TakeAsync() => _path.TakeAsync(_head.ForwardedFor.IsSet ? ForwardedKey(_head.ForwardedFor.Of(Input)) : _peer);

    private string ForwardedKey(ReadOnlySpan<byte> text)
    {
        if (text.Length > FastPathOptions.LongestLimitKey)
        {
            return _peer;
        }
        if (_lastForwardedFor is null || !text.SequenceEqual(_lastForwardedFor))
        {
            (_lastForwardedFor, _lastForwardedKey) = (text.ToArray(), Encoding.Latin1.GetString(text));
        }
        return _lastForwardedKey;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Ending> AnswerAsync(RateLimitDecision decision)
    {
        var started = Stopwatch.GetTimestamp();
        _application.BeginRequest();
        var route = _head.Route;
        var status = 0;
        _sent = 0;
        MakeIds();
        try
        {
            var exchange = await _path.Client.SendAsync(route.Upstream, route.Upstream.Timeouts, this, isPoll: false, CancellationToken.None);
            if (exchange.Failure is { } failure)
            {
                return Refuse(failure, decision);
            }
            try
            {
                status = exchange.Connection.Head.Status;
                var ending = await StreamAsync(exchange, decision);
                status = ending == Ending.Refused ? 0 : status;
                return ending;
            }
            finally
            {
                await exchange.EndAsync();
            }
        }
        catch (Exception error) when (error is IOException or TimeoutException)
        {
            // Too late for an answer: the client shall not take this one for whole.
            _client.Abort(new ConnectionAbortedException());
            return Ending.Closes;
        }
        finally
        {
            if (status == 0)
            {
                _application.ForgetRequest();
            }
            else
            {
                _application.EndRequest(_head.Method, route.Template, status, started, _sent, TraceId(), route.Upstream.Name);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Ending> StreamAsync(UpstreamExchange exchange, RateLimitDecision decision)
    {
        var closes = _head.Closes || _path.IsStopping;
        var connection = exchange.Connection;
        var first = ReadOnlyMemory<byte>.Empty;
        if (connection.HasMore && !connection.HasEnded)
        {
            try
            {
                first = await exchange.ReadBodyAsync();
            }
            catch (Exception error) when (error is IOException or TimeoutException)
            {
                // Nothing was sent yet: it can still be told what is wrong.
                return Refuse(UpstreamFailure.Of(error), decision);
            }
        }
        var chunks = FastAnswer.WriteHead(Writer, _path, connection.Head, _head, Input, _ids, decision, closes);
        WritePiece(first.Span, chunks);
        while (!connection.HasEnded)
        {
            // What has come goes on before more is waited for.
            if (!connection.HasMore && await FlushAsync(exchange))
            {
                return Ending.Closes;
            }
            var piece = await exchange.ReadBodyAsync();
            WritePiece(piece.Span, chunks);
        }
        if (chunks)
        {
            FastAnswer.WriteEnd(Writer);
        }
        return await FlushAsync(exchange) || closes ? Ending.Closes : Ending.Stays;
    }

    private void WritePiece(ReadOnlySpan<byte> piece, bool chunks)
    {
        _sent += piece.Length;
        FastAnswer.WritePiece(Writer, piece, chunks);
    }

    // The server makes an answer of it; it is its request from here on.
    private Ending Refuse(UpstreamFailure failure, RateLimitDecision decision)
    {
        _client.Features.Set(new ForwardFailure(failure, decision, Id(_head.TraceId, 0), Id(_head.RequestId, RandomIds.Length)));
        return _hasGone ? Ending.Closes : Ending.Refused;
    }

    private string Id(Slice sent, int made) => Encoding.Latin1.GetString(sent.IsSet ? sent.Of(Input) : _ids.AsSpan(made, RandomIds.Length));

    // True where the client has gone.
    private ValueTask<bool> FlushAsync(UpstreamExchange exchange)
    {
        var flush = Writer.FlushAsync();
        return flush.IsCompletedSuccessfully ? ValueTask.FromResult(flush.Result.IsCompleted) : FlushSlowlyAsync(flush, exchange);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FlushSlowlyAsync(ValueTask<FlushResult> flush, UpstreamExchange exchange)
    {
        exchange.Pause();
        _client.Socket.SetDeadline(Environment.TickCount64 + SendMilliseconds);
        var result = await flush;
        _client.Socket.SetDeadline(0);
        return result.IsCompleted;
    }

    private void MakeIds()
    {
        if (!_head.TraceId.IsSet)
        {
            RandomIds.Write(_ids);
        }
        if (!_head.RequestId.IsSet)
        {
            RandomIds.Write(_ids.AsSpan(RandomIds.Length));
        }
    }

    private string? TraceId() => _path.LogsAccess ? Id(_head.TraceId, 0) : null;

    private enum Ending
    {
        Stays,
        Closes,
        Refused,
    }
}
