using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Hosting.Tests.Transport;

public sealed class ConnectionTakeoverTests
{
    [Fact]
    public async Task Begin_WithinARequest_HandsTheOpenConnectionToTheSuccessorAndNoMoreToTheServer()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        var ofServer = new TaskCompletionSource<bool>();
        var connection = ConnectionTakeover.Wrap(async connection =>
        {
            var http = Request(connection);
            ConnectionTakeover.Of(http)!.Begin(http, static async stream => await stream.WriteAsync("taken"u8.ToArray()));
            ofServer.SetResult((await connection.Transport.Input.ReadAsync()).IsCompleted);
            await connection.Transport.Input.CompleteAsync();
            await connection.Transport.Output.CompleteAsync();
        })(pair.Server);

        var got = new byte[16];
        Assert.Equal(5, await pair.Client.ReceiveAsync(got).WaitAsync(ConnectedPair.Patience));
        Assert.True(await ofServer.Task);
        await connection.WaitAsync(ConnectedPair.Patience);
    }

    [Fact]
    public async Task OnHeartbeat_ByTheServer_EndsWithTheServer()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        var heart = new Heart();
        pair.Server.Features.Set<IConnectionHeartbeatFeature>(heart);
        var (beats, successor) = (0, new TaskCompletionSource());
        var began = new TaskCompletionSource();
        var connection = ConnectionTakeover.Wrap(connection =>
        {
            connection.Features.Get<IConnectionHeartbeatFeature>()!.OnHeartbeat(_ => beats++, new object());
            heart.Beat();
            var http = Request(connection);
            ConnectionTakeover.Of(http)!.Begin(http, _ =>
            {
                began.SetResult();
                return successor.Task;
            });
            return Task.CompletedTask;
        })(pair.Server);

        await began.Task.WaitAsync(ConnectedPair.Patience);
        heart.Beat();

        Assert.Equal(1, beats);
        successor.SetResult();
        await connection.WaitAsync(ConnectedPair.Patience);
    }

    [Fact]
    public async Task Of_RequestThatSharesItsConnection_IsNone()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        var found = true;

        await ConnectionTakeover.Wrap(connection =>
        {
            var http = Request(connection);
            http.Request.Protocol = "HTTP/2";
            found = ConnectionTakeover.Of(http) is not null;
            return Task.CompletedTask;
        })(pair.Server);

        Assert.False(found);
    }

    private static DefaultHttpContext Request(ConnectionContext connection)
    {
        var http = new DefaultHttpContext();
        http.Request.Protocol = "HTTP/1.1";
        http.Features.Set(connection.Features.Get<ConnectionTakeover>());
        http.Features.Set<IHttpRequestLifetimeFeature>(new Lifetime(connection));
        return http;
    }

    private sealed class Lifetime(ConnectionContext connection) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public void Abort() => connection.Abort(new ConnectionAbortedException());
    }

    private sealed class Heart : IConnectionHeartbeatFeature
    {
        private Action _beat = static () => { };

        public void OnHeartbeat(Action<object> action, object state) => _beat += () => action(state);

        public void Beat() => _beat();
    }
}
