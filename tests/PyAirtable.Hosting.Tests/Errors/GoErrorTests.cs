using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Tests.Requests;

namespace PyAirtable.Hosting.Tests.Errors;

public sealed class GoErrorTests
{
    [Fact]
    public async Task WriteAsync_Always_HasOneMember()
    {
        var exchange = new Exchange();
        await GoError.WriteAsync(exchange.Http, 401, "API key required");
        Assert.Equal((401, """{"error":"API key required"}"""), (exchange.Status, exchange.Answer));
    }

    [Fact]
    public async Task WriteLongAsync_Always_HasSortedMembersAndUtcTime()
    {
        var exchange = new Exchange("POST", "/api/llm/x?secret=1");
        await GoError.WriteLongAsync(exchange.Http, 500, "timeout", "/api/llm/x", new FixedTime(new DateTimeOffset(2025, 8, 1, 14, 34, 56, 789, TimeSpan.FromHours(2))));
        Assert.Equal("""{"error":"timeout","method":"POST","path":"/api/llm/x","timestamp":"2025-08-01T12:34:56.7890000Z"}""", exchange.Answer);
        Assert.Equal("application/json", exchange.Http.Response.ContentType);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
