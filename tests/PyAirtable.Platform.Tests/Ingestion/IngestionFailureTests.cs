using Microsoft.AspNetCore.Http;
using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Tests.Ingestion;

public sealed class IngestionFailureTests
{
    [Theory]
    [InlineData(nameof(IngestionOutcome.Busy), 503, "1", """{"detail":"Service busy, try again later"}""")]
    [InlineData(nameof(IngestionOutcome.Unavailable), 503, "1", """{"detail":"It failed"}""")]
    [InlineData(nameof(IngestionOutcome.Rejected), 500, "", """{"detail":"It failed"}""")]
    public async Task Write_Outcome_IsToldByStatusAndText(string outcome, int status, string retryAfter, string text)
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };

        await new IngestionFailure("It failed").WriteAsync(http, Enum.Parse<IngestionOutcome>(outcome));

        http.Response.Body.Position = 0;
        Assert.Equal((status, retryAfter, text), (http.Response.StatusCode, http.Response.Headers.RetryAfter.ToString(), await new StreamReader(http.Response.Body).ReadToEndAsync(TestContext.Current.CancellationToken)));
    }
}
