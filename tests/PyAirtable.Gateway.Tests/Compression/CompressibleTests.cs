using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Compression;

namespace PyAirtable.Gateway.Tests.Compression;

public sealed class CompressibleTests
{
    [Theory]
    [InlineData("application/json", true)]
    [InlineData("Application/JSON; charset=utf-8", true)]
    [InlineData("text/plain", true)]
    [InlineData("font/ttf", true)]
    [InlineData("multipart/mixed; boundary=x", true)]
    [InlineData("image/svg+xml", true)]
    [InlineData("image/x-icon", true)]
    [InlineData("application/x-ndjson", true)]
    [InlineData("image/png", false)]
    [InlineData("video/mp4", false)]
    [InlineData("text/event-stream; charset=utf-8", false)]
    [InlineData("multipart/x-mixed-replace; boundary=x", false)]
    [InlineData("application/grpc-web+proto", false)]
    [InlineData("application/zip", false)]
    [InlineData("font/woff2", false)]
    [InlineData(null, false)]
    public void Allows_ByContentType_AsTheContractLists(string? type, bool expected) =>
        Assert.Equal(expected, Compressible.Allows(Answer(response => response.ContentType = type)));

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, true)]
    [InlineData(404, true)]
    [InlineData(500, true)]
    [InlineData(101, false)]
    [InlineData(204, false)]
    [InlineData(205, false)]
    [InlineData(206, false)]
    [InlineData(304, false)]
    public void Allows_ByStatus_OnlyWholeBodies(int status, bool expected) =>
        Assert.Equal(expected, Compressible.Allows(Answer(response => response.StatusCode = status)));

    [Theory]
    [InlineData("Content-Length", "199", false)]
    [InlineData("Content-Length", "200", true)]
    [InlineData("Content-Encoding", "gzip", false)]
    [InlineData("Content-Encoding", "identity", false)]
    [InlineData("Content-Range", "bytes 0-1/2", false)]
    [InlineData("Set-Cookie", "session=1", false)]
    [InlineData("Cache-Control", "public, no-transform", false)]
    [InlineData("Cache-Control", "no-store", true)]
    [InlineData("Content-Digest", "sha-256=:x:", false)]
    public void Allows_ByOtherHeaders_LeavesAloneWhatWouldBreak(string name, string value, bool expected) =>
        Assert.Equal(expected, Compressible.Allows(Answer(response => response.Headers[name] = value)));

    private static HttpResponse Answer(Action<HttpResponse> set)
    {
        var response = new DefaultHttpContext().Response;
        response.ContentType = "application/json";
        set(response);
        return response;
    }
}
