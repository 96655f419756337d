using System.Net;
using PyAirtable.Load.Loop;

namespace PyAirtable.Load.Http;

/// <summary>Sends requests to one server with the API key.</summary>
internal sealed class LoadClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RequestWriter _writer;

    /// <summary>A client; it connects when it is used.</summary>
    /// <param name="loop">Where its connections live.</param>
    /// <param name="server">The server.</param>
    /// <param name="host">Its name.</param>
    /// <param name="key">The API key.</param>
    /// <param name="connections">Connections at most.</param>
    public LoadClient(LoadLoop loop, IPEndPoint server, string host, string key, int connections) =>
        (Pool, _writer) = (new ConnectionPool(loop, server, connections), new RequestWriter(host, key));

    /// <summary>Its connections.</summary>
    public ConnectionPool Pool { get; }

    /// <summary>What was sent so far.</summary>
    public RequestCounts Requests { get; } = new();

    /// <summary>Sends a request over a connection that is free, or becomes so, and gives the answer or the failure.</summary>
    public async ValueTask<HttpAnswer> SendAsync(HttpCall call)
    {
        Requests.Count(call.Path);
        HttpConnection connection;
        try
        {
            connection = await Pool.RentAsync();
        }
        catch (IOException failure)
        {
            return HttpAnswer.Failed(failure.Message);
        }
        var answer = await connection.ExchangeAsync(_writer.Write(call), LoadClock.Now + LoadClock.Nanoseconds(Patience));
        Pool.Return(connection);
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose() => Pool.Dispose();
}
