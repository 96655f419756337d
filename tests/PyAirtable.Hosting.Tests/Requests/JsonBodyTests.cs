using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;

namespace PyAirtable.Hosting.Tests.Requests;

public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("{bad", 1, "Expecting property name enclosed in double quotes")]
    [InlineData("{", 1, "Expecting property name enclosed in double quotes")]
    [InlineData("{\"a\":1,}", 7, "Expecting property name enclosed in double quotes")]
    [InlineData("bad", 0, "Expecting value")]
    [InlineData("   ", 3, "Expecting value")]
    [InlineData("[1,]", 3, "Expecting value")]
    [InlineData("[", 1, "Expecting value")]
    [InlineData("{\"a\":}", 5, "Expecting value")]
    [InlineData("{\"a\" 1}", 5, "Expecting ':' delimiter")]
    [InlineData("{\"a\":1 \"b\":2}", 7, "Expecting ',' delimiter")]
    [InlineData("{\"é😀\":1 x}", 8, "Expecting ',' delimiter")]
    [InlineData("{} {}", 3, "Extra data")]
    [InlineData("01", 1, "Extra data")]
    [InlineData("1.", 1, "Extra data")]
    [InlineData("-", 0, "Expecting value")]
    [InlineData("{\"a\":\"b", 5, "Unterminated string starting at")]
    [InlineData("{\"a\":\"b\\", 5, "Unterminated string starting at")]
    [InlineData("{\"a\":\"b\nc\"}", 7, "Invalid control character at")]
    [InlineData("{\"a\":\"\\x\"}", 6, "Invalid \\\\escape")]
    [InlineData("{\"a\":\"\\u12g4\"}", 7, "Invalid \\\\uXXXX escape")]
    [InlineData("{\"a\":NaN}", 5, "Out of range float values are not JSON compliant")]
    [InlineData("{\"a\":-Infinity}", 5, "Out of range float values are not JSON compliant")]
    [InlineData("{\"a\":\"\\ud800\"}", 6, "Unpaired surrogate escape")]
    [InlineData("{\"a\":\"\\ud800\\u0041\"}", 6, "Unpaired surrogate escape")]
    [InlineData("{\"a\":\"\\udc00\"}", 6, "Unpaired surrogate escape")]
    [InlineData("{'a':1}", 1, "Expecting property name enclosed in double quotes")]
    public async Task ReadAsync_MalformedJson_TellsThePlace(string body, int offset, string reason)
    {
        var exchange = new Exchange("POST", "/", body);
        var read = await JsonBody.ReadAsync(exchange.Http, 1000, TestContext.Current.CancellationToken);
        await read.Fault!.WriteAsync(exchange.Http);
        Assert.Equal((422, 422), (exchange.Status, read.Fault.Status));
        Assert.Equal(
            $$$"""{"detail":[{"type":"json_invalid","loc":["body",{{{offset}}}],"msg":"JSON decode error","input":{},"ctx":{"error":"{{{reason}}}"}}]}""",
            exchange.Answer);
    }

    [Theory]
    [InlineData("", null, """{"type":"missing","loc":["body"],"msg":"Field required","input":null}""")]
    [InlineData("null", null, """{"type":"missing","loc":["body"],"msg":"Field required","input":null}""")]
    [InlineData("", "text/plain", """{"type":"missing","loc":["body"],"msg":"Field required","input":null}""")]
    [InlineData("[1, 2.50]", "application/json", """{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":[1,2.50]}""")]
    [InlineData("\"x\"", "application/problem+json", """{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":"x"}""")]
    [InlineData("{\"a\":1}", "text/plain", """{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":"{\"a\":1}"}""")]
    [InlineData("{bad", "application/jsonx", """{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":"{bad"}""")]
    [InlineData("email=a&password=s3cret", "application/x-www-form-urlencoded", """{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":"***"}""")]
    public async Task Fields_BodyIsNoObject_IsOneFault(string body, string? contentType, string entry)
    {
        var exchange = new Exchange("POST", "/", body, contentType);
        var read = await JsonBody.ReadAsync(exchange.Http, 1000, TestContext.Current.CancellationToken);
        Assert.Null(read.Fault);
        var errors = new ValidationErrors();
        var fields = read.Fields(errors);
        Assert.Equal("", fields.Email("email"));
        Assert.Equal("", fields.Text("password"));
        await errors.WriteAsync(exchange.Http);
        Assert.Equal("{\"detail\":[" + entry + "]}", exchange.Answer);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=utf-8")]
    [InlineData("application/vnd.api+json")]
    public async Task ReadAsync_JsonContentType_IsParsed(string? contentType)
    {
        var exchange = new Exchange("POST", "/", "\ufeff{\"a\":1,\"a\":\"\\ud83d\\ude00\"}", contentType);
        var read = await JsonBody.ReadAsync(exchange.Http, 1000, TestContext.Current.CancellationToken);
        var errors = new ValidationErrors();
        Assert.Equal("\U0001f600", read.Fields(errors).Text("a", minLength: 1, maxLength: 1));
        Assert.False(errors.Any);
    }

    [Fact]
    public async Task ReadAsync_BadUtf8_Is400()
    {
        var exchange = new Exchange("POST", "/", [(byte)'"', 0xff, (byte)'"'], null);
        await (await JsonBody.ReadAsync(exchange.Http, 100, TestContext.Current.CancellationToken)).Fault!.WriteAsync(exchange.Http);
        Assert.Equal((400, """{"detail":"There was an error parsing the body"}"""), (exchange.Status, exchange.Answer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_TooLarge_Is413(bool lengthTold)
    {
        var exchange = new Exchange("POST", "/", new string(' ', 101));
        exchange.Http.Request.ContentLength = lengthTold ? 101 : null;
        var fault = (await JsonBody.ReadAsync(exchange.Http, 100, TestContext.Current.CancellationToken)).Fault!;
        await fault.WriteAsync(exchange.Http);
        Assert.Equal((413, """{"detail":"Request Entity Too Large"}"""), (exchange.Status, exchange.Answer));
        Assert.Equal(413, fault.Status);
    }

    [Fact]
    public async Task ReadAsync_BodyAtTheLimit_IsRead()
    {
        var exchange = new Exchange("POST", "/", "{}" + new string(' ', 98));
        Assert.Null((await JsonBody.ReadAsync(exchange.Http, 100, TestContext.Current.CancellationToken)).Fault);
    }

    [Fact]
    public async Task ReadAsync_BodyInManyPieces_IsRead()
    {
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 16));
        var exchange = new Exchange("POST");
        exchange.Http.Request.Body = pipe.Reader.AsStream();
        var reading = JsonBody.ReadAsync(exchange.Http, 10_000, TestContext.Current.CancellationToken);
        foreach (var unit in Encoding.UTF8.GetBytes("{\"a\":\"" + new string('é', 3000) + "\"}"))
        {
            await pipe.Writer.WriteAsync(new[] { unit }, TestContext.Current.CancellationToken);
        }

        await pipe.Writer.CompleteAsync();
        Assert.Equal(3000, (await reading).Value.GetProperty("a").GetString()!.Length);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(100_000, false)]
    public void Parse_Nesting_IsBounded(int depth, bool accepted)
    {
        var body = JsonBody.Parse(Encoding.ASCII.GetBytes(new string('[', depth) + new string(']', depth)), isJson: true);
        Assert.Equal(accepted, body.Fault is null);
    }

    [Fact]
    public void Parse_RawText_IsCutTo200CodePoints()
    {
        var errors = new ValidationErrors();
        JsonBody.Parse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("😀", 300))), isJson: false).Fields(errors);
        var shown = Shown(errors).GetProperty("detail")[0].GetProperty("input").GetString()!;
        Assert.Equal(400, shown.Length);
    }

    [Fact]
    public async Task Parse_HostileBodies_NeverThrow()
    {
        var random = new Random(7);
        string[] pieces =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"email\"", "\"password\"", "\\", "\\u", "\\ud83d", "\\ude00", "\\u0000", "0", "-", "1e999", "-1.5",
            "1e5", "NaN", "Infinity", "true", "fals", "null", " ", "\n", "\0", "\t", "é", "😀", "\ufeff", "'", "/*", "\"\\ud800\"", "{\"\\udc00\":1}", "9999999999999999999999",
        ];
        for (var round = 0; round < 5000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            text = (round % 4) switch
            {
                0 => text,
                1 => "{\"email\":" + text + "}",
                2 => "{\"email\":\"" + text + "\",\"n\":\"" + text + "\"}",
                _ => "{\"n\":[" + text + "],\"o\":{" + text + "}}",
            };
            var bytes = Encoding.UTF8.GetBytes(text);
            if (round % 5 == 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var body = JsonBody.Parse(bytes, isJson: round % 7 != 0);
            var exchange = new Exchange();
            if (body.Fault is { } fault)
            {
                await fault.WriteAsync(exchange.Http);
                Assert.Contains(exchange.Status, new[] { 400, 422 });
            }
            else
            {
                var errors = new ValidationErrors();
                ReadEverything(body.Fields(errors));
                await errors.WriteAsync(exchange.Http);
            }

            using var answer = JsonDocument.Parse(exchange.Answer);
        }
    }

    private static void ReadEverything(BodyFields fields)
    {
        foreach (var name in new[] { "email", "n", "o", "a" })
        {
            fields.Email(name);
            fields.Text(name, 1, 5);
            fields.OptionalText(name);
            fields.RequiredInteger(name);
            fields.OptionalInteger(name, long.MinValue, long.MaxValue);
            fields.Number(name);
            fields.OptionalBoolean(name);
            fields.OptionalObject(name);
            fields.OptionalObjects(name);
            foreach (var item in fields.Items(name))
            {
                item.Text("a");
            }
        }
    }

    private static JsonElement Shown(ValidationErrors errors)
    {
        var exchange = new Exchange();
        errors.WriteAsync(exchange.Http).GetAwaiter().GetResult();
        return JsonElement.Parse(exchange.Answer);
    }
}
