using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Passwords;

namespace PyAirtable.Platform.Tests.Access;

public sealed class FailureAnswerTests
{
    private readonly DefaultHttpContext _http = new() { Response = { Body = new MemoryStream() } };

    [Fact]
    public async Task Wrap_TooManyPasswordsWait_Answers503WithRetryAfter()
    {
        await RunAsync(new HashingBusyException());

        Assert.Equal((503, "5", """{"detail":"Service busy, try again later"}"""), (_http.Response.StatusCode, _http.Response.Headers.RetryAfter.ToString(), Body()));
    }

    [Fact]
    public async Task Wrap_AnyOtherFailure_Answers500WithTheRoutesText()
    {
        await RunAsync(new InvalidOperationException("password=secret"));

        Assert.Equal((500, """{"detail":"Login failed"}"""), (_http.Response.StatusCode, Body()));
    }

    [Fact]
    public async Task Wrap_ClientGone_LetsTheCancellationPass()
    {
        _http.RequestAborted = new CancellationToken(canceled: true);

        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(new OperationCanceledException()));
    }

    private Task RunAsync(Exception failure) =>
        new FailureAnswer("Login failed", NullLogger.Instance).Wrap((_, _) => throw failure)(new RequestContext { Http = _http }, null!);

    private string Body()
    {
        _http.Response.Body.Position = 0;
        return new StreamReader(_http.Response.Body).ReadToEnd();
    }
}
