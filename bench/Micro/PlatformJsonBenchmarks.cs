using System.Text;
using BenchmarkDotNet.Attributes;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Events;
using PyAirtable.Platform.Sessions;

namespace PyAirtable.Bench.Micro;

/// <summary>Bodies of the platform's hot routes: read, checked and made into rows, and answers.</summary>
[MemoryDiagnoser]
public class PlatformJsonBenchmarks : IDisposable
{
    private const int BatchSize = 100;
    private const string Event = """{"event_type":"page_view","event_data":{"path":"/home","referrer":"https://example.com/"},"user_id":7,"session_id":"0b9c3f0e-5c0e-4a53-9a0f-0d3f3c2f1a11"}""";

    private static readonly DateTime Time = new(2025, 1, 3, 10, 0, 0);
    private static readonly EventSource Source = new(Time, "203.0.113.9", "Mozilla/5.0 (X11; Linux x86_64)");
    private static readonly byte[] OneEvent = Encoding.UTF8.GetBytes(Event);
    private static readonly byte[] ManyEvents = Encoding.UTF8.GetBytes($$"""{"events":[{{string.Join(',', Enumerable.Repeat(Event, BatchSize))}}]}""");
    private static readonly byte[] LoginBody = """{"email":"ada@example.com","password":"correct horse battery"}"""u8.ToArray();

    private readonly JsonOutput _output = new();
    private readonly User _user = new() { Id = 7, Email = "ada@example.com", IsActive = true, CreatedAt = Time, UpdatedAt = Time, FirstName = "Ada", LastName = "Lovelace" };
    private readonly Session _session;
    private readonly AnalyticsEvent _event;

    public PlatformJsonBenchmarks()
    {
        _session = new Session(_user, new string('a', 260), 1800, new string('b', 64), 604_800);
        _event = Read(OneEvent);
    }

    [Benchmark]
    public int ReadEvent() => Read(OneEvent).Weight;

    [Benchmark]
    public int ReadEventBatch()
    {
        List<AnalyticsEvent> added = [.. Fields(ManyEvents).Items("events").Select(static fields => EventFields.Read(fields, Source))];
        return added.Count;
    }

    [Benchmark]
    public int WriteEvent() => _output.Write(_event, EventJson.WriteMembers);

    [Benchmark]
    public int ReadLogin()
    {
        var fields = Fields(LoginBody);
        return fields.Email("email").Length + fields.Text("password").Length;
    }

    [Benchmark]
    public int WriteSession() => _output.Write(_session, SessionJson.WriteMembers);

    [Benchmark]
    public int WriteVerified() => _output.Write(_user, static (json, user) =>
    {
        json.WriteBoolean("valid"u8, true);
        UserJson.WriteMember(json, user);
    });

    public void Dispose()
    {
        _output.Dispose();
        GC.SuppressFinalize(this);
    }

    private static AnalyticsEvent Read(byte[] body) => EventFields.Read(Fields(body), Source);

    private static BodyFields Fields(byte[] body) => JsonBody.Parse(body.AsSpan(), isJson: true).Fields(new ValidationErrors());
}
