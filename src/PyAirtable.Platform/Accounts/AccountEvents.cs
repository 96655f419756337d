using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Accounts;

/// <summary>
/// Tells the statistics of registrations and logins on <c>/api/v1</c> (platform contract 8.3). Nobody waits for it, and what cannot be
/// stored is lost: of a database that does not keep up, at most <see cref="MaxWaiting"/> events wait.
/// </summary>
internal sealed partial class AccountEvents(AccountEventStore store, TimeProvider clock, ILogger log)
{
    /// <summary>A new account.</summary>
    public const string Registered = "user_registered";

    /// <summary>A login.</summary>
    public const string LoggedIn = "user_login";

    private const int MaxWaiting = 100;
    private const int LongestUserAgent = 1000;

    private int _waiting;

    /// <summary>Stores an event soon. Never throws and never waits; the request is not looked at after it returns (G-2).</summary>
    public void Add(string type, int userId, RequestContext request)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return;
        }

        var (ip, agent, time) = (ClientAddress.Of(request.Http, trustForwarded: true), request.Http.Request.Headers.UserAgent.ToString(), clock.Now());
        if (agent.Length > LongestUserAgent)
        {
            agent = agent[..LongestUserAgent];
        }

        _ = StoreAsync(new AccountEvent(type, userId, Data(time, ip, agent), time, ip, agent));
    }

    private static string Data(DateTime time, string ip, string agent)
    {
        var data = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(data, JsonAnswer.Compact))
        {
            json.WriteStartObject();
            json.WriteString("timestamp"u8, DateTime.SpecifyKind(time, DateTimeKind.Utc));
            json.WriteString("ip"u8, ip);
            json.WriteString("user_agent"u8, agent);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(data.WrittenSpan);
    }

    private async Task StoreAsync(AccountEvent happened)
    {
        try
        {
            await store.AddAsync(happened, CancellationToken.None);
        }
        catch (Exception error)
        {
            LogLost(log, happened.Type, error);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    [LoggerMessage(EventId = 130, Level = LogLevel.Warning, Message = "an event {Type} could not be stored")]
    private static partial void LogLost(ILogger logger, string type, Exception error);
}
