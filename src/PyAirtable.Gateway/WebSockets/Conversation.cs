using System.Net.WebSockets;
using PyAirtable.Gateway.WebSockets.Delivery;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>What clients say and are answered: first their key, then pings and the like (gateway contract 2.2 and 2.3).</summary>
/// <param name="exchange">Where connections that have shown their key get their messages from.</param>
/// <param name="keys">The keys that clients send.</param>
/// <param name="terms">Counters and clock.</param>
internal sealed class Conversation(ISessionExchange exchange, ApiKeys keys, SocketTerms terms)
{
    private const int MaxMessageBytes = 16 << 20;

    // Nobody who has shown no key makes the gateway keep more than this.
    private const int MaxGreetingBytes = 64 << 10;

    // Parsing more than this takes too long for a thread that serves other connections too.
    private const int MaxInlineBytes = 64 << 10;

    private static readonly TimeSpan Parting = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads and answers until the connection ends.</summary>
    public async Task HoldAsync(ClientConnection connection)
    {
        try
        {
            while (true)
            {
                using var message = await connection.ReceiveAsync(connection.State == ConnectionState.Open ? MaxMessageBytes : MaxGreetingBytes);
                if (message.Type == WebSocketMessageType.Close)
                {
                    await connection.AnswerCloseAsync();
                    return;
                }
                if (message.Bytes.Length > MaxInlineBytes)
                {
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                }
                await AnswerAsync(connection, message);
            }
        }
        catch (WebSocketException e) when (e.WebSocketErrorCode is not (WebSocketError.ConnectionClosedPrematurely or WebSocketError.InvalidState))
        {
            // The client broke the protocol. The socket has told it so, and the request's end would overtake that.
            await Task.Delay(Parting, terms.Clock);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client has gone without a word, or was cut.
        }
        finally
        {
            exchange.Leave(connection);
            connection.Leave();
        }
    }

    /// <summary>Closes a connection and frees its place at once.</summary>
    public void Close(ClientConnection connection, CloseReason reason)
    {
        exchange.Leave(connection);
        _ = connection.CloseAsync(reason);
    }

    private Task AnswerAsync(ClientConnection connection, in InboundMessage message)
    {
        switch (connection.State)
        {
            case ConnectionState.Closing:
                // What was under way when the gateway closed.
                break;
            case var _ when message.IsTooLarge:
                Close(connection, CloseReason.TooLarge);
                break;
            case ConnectionState.Greeting:
                return GreetAsync(connection, message);
            default:
                Answer(connection, message);
                break;
        }
        return Task.CompletedTask;
    }

    private Task GreetAsync(ClientConnection connection, in InboundMessage message)
    {
        if (Refusal(connection, message) is { } refusal)
        {
            Close(connection, refusal);
            return Task.CompletedTask;
        }
        return exchange.OpenAsync(connection);
    }

    private CloseReason? Refusal(ClientConnection connection, in InboundMessage message)
    {
        var greeting = message.Type == WebSocketMessageType.Text ? ClientMessage.Parse(message.Bytes) : default;
        if (!greeting.IsJson)
        {
            return CloseReason.InvalidJson;
        }
        if (!greeting.IsObject || greeting.Type != "auth")
        {
            return CloseReason.AuthenticationRequired;
        }
        if (!greeting.HasKey)
        {
            return CloseReason.KeyRequired;
        }
        if (keys.Check(greeting.Key) == ApiKeyCheck.Right)
        {
            return null;
        }
        terms.Counters.AddFailure();
        connection.SendError("authentication_failed", "Invalid API key");
        return CloseReason.AuthenticationFailed;
    }

    private void Answer(ClientConnection connection, in InboundMessage message)
    {
        if (message.Type != WebSocketMessageType.Text)
        {
            connection.SendError("message_error", "Message must be text");
            return;
        }

        connection.Touch();
        var said = ClientMessage.Parse(message.Bytes);
        switch (said)
        {
            case { IsJson: false }:
                connection.SendError("invalid_json", "Invalid JSON format");
                break;
            case { IsObject: false }:
                connection.SendError("message_error", "Message must be a JSON object");
                break;
            case { Type: "ping" }:
                connection.TrySend(Frames.Pong(terms.Clock.GetUtcNow()));
                break;
            // Subscriptions filter nothing (D24), and a pong needs no answer (D26).
            case { Type: "subscribe" or "unsubscribe" or "pong" }:
                break;
            default:
                connection.SendError("unknown_message_type", $"Unknown message type: {said.Type}");
                break;
        }
    }
}
