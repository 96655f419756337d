using System.Buffers;
using System.Text;
using System.Text.Json;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Events;

namespace PyAirtable.Platform.Accounts;

/// <summary>
/// Tells the statistics of registrations and logins on <c>/api/v1</c> (platform contract 8.3). Nobody waits for it, and what cannot be
/// stored is lost.
/// </summary>
internal sealed class AccountEvents(EventIngestion events, TimeProvider clock)
{
    /// <summary>A new account.</summary>
    public const string Registered = "user_registered";

    /// <summary>A login.</summary>
    public const string LoggedIn = "user_login";

    private const int LongestUserAgent = 1000;

    /// <summary>Stores an event soon. Never throws and never waits; the request is not looked at after it returns (G-2).</summary>
    public void Add(string type, int userId, RequestContext request)
    {
        var source = EventSource.Of(request.Http, clock);
        var agent = source.UserAgent.Length <= LongestUserAgent ? source.UserAgent : source.UserAgent[..LongestUserAgent];
        _ = events.AddAsync(new AnalyticsEvent
        {
            EventType = type,
            EventData = Data(source.Time, source.IpAddress, agent),
            UserId = userId,
            Timestamp = source.Time,
            IpAddress = source.IpAddress,
            UserAgent = agent,
        });
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
}
