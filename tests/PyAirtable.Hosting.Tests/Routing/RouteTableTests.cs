using System.Text;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Hosting.Tests.Routing;

public sealed class RouteTableTests
{
    [Theory]
    [InlineData("GET", "/", "root")]
    [InlineData("GET", "/files", "list")]
    [InlineData("POST", "/files/upload", "upload")]
    [InlineData("GET", "/files/7", "file:7")]
    [InlineData("DELETE", "/files/7", "delete:7")]
    [InlineData("GET", "/files/upload", "file:upload")]
    [InlineData("GET", "/workflows/3/executions", "executions:3")]
    [InlineData("GET", "/workflows/executions", "all executions")]
    [InlineData("GET", "/api/airtable/", "rest:")]
    [InlineData("GET", "/api/airtable/a/b/", "rest:a/b/")]
    public async Task Dispatch_KnownPath_RunsItsHandler(string method, string path, string expected) =>
        Assert.Equal(expected, (await RunAsync(method, path)).Body);

    [Theory]
    [InlineData("/nope")]
    [InlineData("/FILES")]
    [InlineData("/files/7/8")]
    [InlineData("//files")]
    [InlineData("//")]
    [InlineData("/workflows//executions")]
    [InlineData("")]
    public async Task Dispatch_UnknownPath_Is404(string path)
    {
        var (response, body) = await RunAsync("GET", path);

        Assert.Equal((404, """{"detail":"Not Found"}"""), (response.StatusCode, body));
    }

    [Theory]
    [InlineData("/files/", "/files")]
    [InlineData("/files//", "/files")]
    [InlineData("/files/7/", "/files/7")]
    [InlineData("/api/airtable", "/api/airtable/")]
    public async Task Dispatch_TrailingSlash_Redirects(string path, string target)
    {
        var (response, body) = await RunAsync("PUT", path, "?a=1&b=%20");

        Assert.Equal((307, $"http://host:1{target}?a=1&b=%20", ""), (response.StatusCode, response.Headers.Location.ToString(), body));
    }

    [Theory]
    [InlineData("HEAD", "/files", "GET")]
    [InlineData("PATCH", "/files/7", "GET, DELETE")]
    [InlineData("POST", "/", "GET")]
    public async Task Dispatch_WrongMethod_Is405WithAllow(string method, string path, string allow)
    {
        var (response, body) = await RunAsync(method, path);

        Assert.Equal((405, allow, """{"detail":"Method Not Allowed"}"""), (response.StatusCode, response.Headers.Allow.ToString(), body));
    }

    [Fact]
    public async Task Dispatch_FirstMethodOnly_AllowsThatOne()
    {
        var table = new RouteTable { AllowsFirstMethodOnly = true }.Get("/x", Say("get")).Delete("/x", Say("delete"));

        Assert.Equal("GET", (await RunAsync(table, "PUT", "/x")).Response.Headers.Allow);
    }

    [Fact]
    public async Task Dispatch_Known_NamesTheTemplate()
    {
        var request = Request("GET", "/files/7");

        await Table().DispatchAsync(request);

        Assert.Equal("/files/{file_id}", request.Route);
    }

    private static RouteTable Table() => new RouteTable()
        .Get("/", Say("root"))
        .Get("/files", Say("list"))
        .Post("/files/upload", Say("upload"))
        .Get("/files/{file_id}", Say("file:"))
        .Delete("/files/{file_id}", Say("delete:"))
        .Get("/workflows/{workflow_id}/executions", Say("executions:"))
        .Get("/workflows/executions", Say("all executions"))
        .Get("/api/airtable/{*path}", Say("rest:"));

    private static RequestHandler Say(string text) => request =>
        request.Http.Response.WriteAsync(text + string.Concat(request.RouteValues));

    private static Task<(HttpResponse Response, string Body)> RunAsync(string method, string path, string query = "") => RunAsync(Table(), method, path, query);

    private static async Task<(HttpResponse Response, string Body)> RunAsync(RouteTable table, string method, string path, string query = "")
    {
        var request = Request(method, path, query);
        var body = new MemoryStream();
        request.Http.Response.Body = body;
        await table.DispatchAsync(request);
        return (request.Http.Response, Encoding.UTF8.GetString(body.ToArray()));
    }

    private static RequestContext Request(string method, string path, string query = "")
    {
        var http = new DefaultHttpContext();
        http.Request.Method = method;
        http.Request.Scheme = "http";
        http.Request.Host = new HostString("host", 1);
        http.Request.Path = new PathString(path.Length == 0 ? null : path);
        http.Request.QueryString = new QueryString(query);
        return new RequestContext { Http = http };
    }
}
