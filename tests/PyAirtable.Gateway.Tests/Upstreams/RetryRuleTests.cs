using PyAirtable.Gateway.Upstreams;

namespace PyAirtable.Gateway.Tests.Upstreams;

public sealed class RetryRuleTests
{
    [Theory]
    // A connection that did not come about: any method, but only at another address.
    [InlineData("connect", false, false, true, true)]
    [InlineData("connect", true, true, true, true)]
    [InlineData("connect", true, true, false, false)]
    // A connection that broke: what may be done twice, and can be sent twice.
    [InlineData("broken", true, true, false, true)]
    [InlineData("broken", true, true, true, true)]
    [InlineData("broken", false, true, true, false)]
    [InlineData("broken", true, false, true, false)]
    // Neither what took too long, nor an answer of any kind.
    [InlineData("timeout", true, true, true, false)]
    [InlineData("503", true, true, true, false)]
    public void Allows_Table(string outcome, bool idempotent, bool replayable, bool elsewhere, bool expected)
    {
        var end = outcome switch
        {
            "connect" => CallOutcome.ConnectFailed,
            "broken" => CallOutcome.Broken,
            "timeout" => CallOutcome.TimedOut,
            _ => CallOutcome.Answered(503),
        };

        Assert.Equal(expected, RetryRule.Allows(end, idempotent, replayable, elsewhere));
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("PUT", true)]
    [InlineData("DELETE", true)]
    [InlineData("OPTIONS", true)]
    [InlineData("TRACE", true)]
    [InlineData("POST", false)]
    [InlineData("PATCH", false)]
    [InlineData("CONNECT", false)]
    public void IsIdempotent_Table(string method, bool expected) => Assert.Equal(expected, RetryRule.IsIdempotent(method));
}
