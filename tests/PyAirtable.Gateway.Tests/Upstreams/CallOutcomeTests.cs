using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Upstreams;

namespace PyAirtable.Gateway.Tests.Upstreams;

public sealed class CallOutcomeTests
{
    [Theory]
    [InlineData(200, false)]
    [InlineData(404, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(501, false)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    public void FailsUpstream_OfAnAnswer_IsTrueForGatewayStatusesOnly(int status, bool expected)
    {
        Assert.Equal(expected, CallOutcome.Answered(status).FailsUpstream);
        Assert.Equal(expected, CallOutcome.Answered(status).FailsAddress);
    }

    [Fact]
    public void FailsUpstream_WithoutAnAnswer_IsFalseForADroppedConnectionOnly()
    {
        Assert.True(CallOutcome.ConnectFailed.FailsUpstream);
        Assert.True(CallOutcome.TimedOut.FailsUpstream);
        Assert.False(CallOutcome.Broken.FailsUpstream);
        Assert.True(CallOutcome.Broken.FailsAddress);
    }

    [Fact]
    public void Of_Errors_TellsWhatHappened()
    {
        Assert.Equal(CallOutcome.ConnectFailed, CallOutcome.Of(new HttpRequestException(HttpRequestError.ConnectionError)));
        Assert.Equal(CallOutcome.ConnectFailed, CallOutcome.Of(new HttpRequestException(HttpRequestError.SecureConnectionError)));
        Assert.Equal(CallOutcome.TimedOut, CallOutcome.Of(new TaskCanceledException("", new TimeoutException())));
        Assert.Equal(CallOutcome.TimedOut, CallOutcome.Of(new HttpRequestException("", new TimeoutException())));
        Assert.Equal(CallOutcome.Broken, CallOutcome.Of(new HttpRequestException(HttpRequestError.ResponseEnded)));
        Assert.Null(CallOutcome.Of(new HttpRequestException("", new BadHttpRequestException("", 413))));
        Assert.Null(CallOutcome.Of(new AggregateException(new BadHttpRequestException("", 400))));
    }
}
