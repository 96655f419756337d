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
using PyAirtable.Hosting.Logging;
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

    private readonly Func<FastPath> _current;
    private readonly ServiceApplication _application;
    private readonly SocketConnection _client;
    private readonly FastHead _head;
    private readonly Lock _attached = new();
    private readonly byte[] _ids = new byte[2 * RandomIds.Length];
    private FastPath _path = null!;
    private ClientName _name = null!;
    private ReadOnlySequence<byte> _input;
    private UpstreamConnection? _upstream;
    private FastSocket? _socket;
    private bool _hasGone;
    private long _started;
    private int _status;
    private long _sent;

    /// <summary>Takes a new connection.</summary>
    public FastConnection(Func<FastPath> current, ServiceApplication application, SocketConnection client)
    {
        (_current, _application, _client) = (current, application, client);
        _head = new FastHead(current().Options);
        Use(current());
    }

    /// <inheritdoc/>
    public EventLoop? Loop => _client.Socket.Loop;

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

    /// <summary>Serves it until it becomes a WebSocket, which is still to be held, or until something unusual comes: whether the server is to go
    /// on with the connection then.</summary>
    public async Task<(FastSocket? Socket, bool GoesOn)> RunAsync()
    {
        var lifetime = _client.Features.Get<IConnectionLifetimeNotificationFeature>();
        var stopping = lifetime?.ConnectionClosedRequested.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), Reader) ?? default;
        _client.Ended = static connection => ((FastConnection)connection!).OnClientGone();
        _client.EndedState = this;
        try
        {
            var goesOn = await ServeAsync();
            return (_socket, goesOn);
        }
        catch (Exception error) when (error is ConnectionResetException or TimeoutException)
        {
            return default;
        }
        finally
        {
            _client.Ended = null;
            _client.Socket.SetDeadline(0);
            _client.EndedState = null;
            await stopping.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public void Write(ref RequestBytes bytes, UpstreamAddress address) => FastRequest.Write(ref bytes, _path, _head, Input, address.Endpoint, _name.Peer, _ids);

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

    private void Use(FastPath path)
    {
        (_path, _name) = (path, new ClientName((_client.RemoteEndPoint as IPEndPoint)?.Address, path.Options.TrustedPeers));
        (_head.Options, _head.TrustsForwarded) = (path.Options, _name.IsTrusted);
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
            // From here on the settings of this moment hold, to the request's end.
            if (_current() is var current && current != _path)
            {
                Use(current);
            }
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
                case HeadVerdict.Handshake when (_socket = FastSocket.TryTake(_application, _client, _path, _head.Handshake!, Input)) is not null:
                    Reader.AdvanceTo(_input.GetPosition(_head.Length));
                    return false;
                case HeadVerdict.Handshake or HeadVerdict.Unusual:
                    Reader.AdvanceTo(_input.Start);
                    return !_path.IsStopping || !_input.IsEmpty;
            }
            _client.Socket.SetDeadline(0);
            if (!_path.Admits(_head.ApiKey.Of(Input)))
            {
                Reader.AdvanceTo(_input.Start);
                return true;
            }
            var taking = TakeAsync();
            var decision = taking.IsCompletedSuccessfully ? taking.Result : await taking;
            if (!decision.Allowed)
            {
                Reader.AdvanceTo(_input.Start);
                return true;
            }

            // From here to the answer all is done in this one method while nothing unforeseen happens: whatever is called and waits
            // would leave an object behind for each request.
            var ending = FastEnding.Closes;
            Begin();
            try
            {
                UpstreamExchange exchange;
                var (upstream, policy) = (_head.Route.Upstream, _path.Client.PolicyOf(_head.Route.Upstream));
                var entering = policy.EnterAsync();
                var entry = entering.IsCompletedSuccessfully ? entering.Result : await entering;
                if (_path.Client.TryStart(policy, upstream.Timeouts, this, entry, out var call))
                {
                    var failure = call.Failure;
                    try
                    {
                        while (failure is null && !call.Connection.TryReadHead(this))
                        {
                            await call.Connection.WaitAsync();
                            call.Connection.Receive();
                        }
                    }
                    catch (Exception error)
                    {
                        failure = error;
                    }
                    exchange = failure is null ? Http1Client.Complete(call, this) : await _path.Client.RecoverAsync(call, failure, this);
                }
                else
                {
                    exchange = await _path.Client.SendAsync(policy, upstream, this, entry);
                }

                if (exchange.Failure is { } reason)
                {
                    ending = Refuse(reason, decision);
                }
                else
                {
                    try
                    {
                        var closes = _head.Closes || _path.IsStopping;
                        if (!TryBeginAnswer(exchange, decision, closes, out var chunks))
                        {
                            ending = Refuse(UpstreamFailure.InvalidAnswer, decision);
                        }
                        else if (exchange.Connection.HasEnded)
                        {
                            ending = await FlushAsync(exchange) || closes ? FastEnding.Closes : FastEnding.Stays;
                        }
                        else
                        {
                            ending = await StreamRestAsync(exchange, chunks) || closes ? FastEnding.Closes : FastEnding.Stays;
                        }
                    }
                    finally
                    {
                        await exchange.EndAsync();
                    }
                }
            }
            catch (Exception error) when (error is IOException or TimeoutException)
            {
                // Too late for an answer: the client shall not take this one for whole.
                _client.Abort(new ConnectionAbortedException());
            }
            finally
            {
                End();
            }

            switch (ending)
            {
                case FastEnding.Refused:
                    Reader.AdvanceTo(_input.Start);
                    return true;
                case FastEnding.Closes:
                    return false;
            }
            Reader.AdvanceTo(_input.GetPosition(_head.Length + _head.ContentLength));
            _client.Socket.SetDeadline(Environment.TickCount64 + IdleMilliseconds);
        }
    }

    private ValueTask<RateLimitDecision> TakeAsync() => _path.TakeAsync(_name.Of(_head.ForwardedFor.IsSet ? _head.ForwardedFor.Of(Input) : default));

    private void Begin()
    {
        (_started, _status, _sent) = (Stopwatch.GetTimestamp(), 0, 0);
        _application.BeginRequest();
        MakeIds();
    }

    private void End()
    {
        if (_status == 0)
        {
            _application.ForgetRequest();
        }
        else
        {
            Span<char> traceId = stackalloc char[AccessLine.TraceIdLimit];
            _application.EndRequest(_head.Method, _head.Route.Template, _status, _started, _sent, TraceId(traceId), _head.Route.Upstream.Name);
        }
    }

    // The head, and what came with it of the body. False where that is no body: nothing was sent yet, so that it can be told.
    private bool TryBeginAnswer(UpstreamExchange exchange, RateLimitDecision decision, bool closes, out bool chunks)
    {
        var connection = exchange.Connection;
        var first = ReadOnlyMemory<byte>.Empty;
        chunks = false;
        if (connection.HasMore && !connection.HasEnded)
        {
            try
            {
                connection.TryTakeBody(out first);
            }
            catch (InvalidAnswerException)
            {
                return false;
            }
        }
        _status = connection.Head.Status;
        chunks = FastAnswer.WriteHead(Writer, _path, connection.Head, _head, Input, _ids, decision, closes);
        Write(first.Span, chunks);
        while (connection.HasMore && !connection.HasEnded && connection.TryTakeBody(out var piece))
        {
            Write(piece.Span, chunks);
        }
        if (chunks && connection.HasEnded)
        {
            FastAnswer.WriteEnd(Writer);
        }
        return true;
    }

    // True where the client has gone.
    private async ValueTask<bool> StreamRestAsync(UpstreamExchange exchange, bool chunks)
    {
        var connection = exchange.Connection;
        while (!connection.HasEnded)
        {
            // What has come goes on before more is waited for.
            if (!connection.HasMore && await FlushAsync(exchange))
            {
                return true;
            }
            Write((await exchange.ReadBodyAsync()).Span, chunks);
        }
        if (chunks)
        {
            FastAnswer.WriteEnd(Writer);
        }
        return await FlushAsync(exchange);
    }

    private void Write(ReadOnlySpan<byte> piece, bool chunks)
    {
        _sent += piece.Length;
        FastAnswer.WritePiece(Writer, piece, chunks);
    }

    // The server makes an answer of it; it is its request from here on.
    private FastEnding Refuse(UpstreamFailure failure, RateLimitDecision decision)
    {
        _client.Features.Set(new ForwardFailure(failure, decision, Id(_head.TraceId, 0), Id(_head.RequestId, RandomIds.Length)));
        return _hasGone ? FastEnding.Closes : FastEnding.Refused;
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

    private ReadOnlySpan<char> TraceId(Span<char> room)
    {
        if (!_path.LogsAccess)
        {
            return default;
        }
        var id = _head.TraceId.IsSet ? _head.TraceId.Of(Input) : _ids.AsSpan(0, RandomIds.Length);
        return room[..Encoding.Latin1.GetChars(id[..Math.Min(id.Length, room.Length)], room)];
    }
}
