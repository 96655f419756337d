using System.Text;
using System.Text.Json;
using PyAirtable.Automation.Outbound;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Steps;

/// <summary>
/// <c>http_request</c>: asks a host of the public internet (automation contract, appendix B). Every status is a result, not a failure.
/// </summary>
internal sealed class HttpRequestStep(OutboundClient client) : IStep
{
    public async Task<string> RunAsync(JsonElement step, StepContext context, CancellationToken cancel)
    {
        try
        {
            return Result(await client.SendAsync(HttpRequestFields.Read(step, context), cancel));
        }
        catch (OutboundFailedException e)
        {
            throw new StepFailedException($"HTTP request failed: {e.Message}");
        }
    }

    private static string Result(OutboundAnswer answer)
    {
        var body = EncodingOf(answer.Charset).GetString(answer.Body);
        return JsonReply.Text((answer, body, value: JsonOf(answer, body)), static (json, found) =>
        {
            json.WriteNumber("status_code"u8, found.answer.Status);
            json.WriteStartObject("headers"u8);
            foreach (var (name, value) in found.answer.Headers)
            {
                json.WriteString(name, value);
            }
            json.WriteEndObject();
            json.WriteString("body"u8, found.body);
            if (found.value is { } parsed)
            {
                JsonReply.WriteRaw(json, "json"u8, parsed);
            }
        });
    }

    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            return charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }

    private static string? JsonOf(OutboundAnswer answer, string body)
    {
        if (answer.ContentType != "application/json" && !answer.ContentType.EndsWith("+json", StringComparison.Ordinal))
        {
            return null;
        }
        try
        {
            return JsonReply.Compact(JsonElement.Parse(body), "null");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or with half surrogate pairs in it: the body is there as text.
            return null;
        }
    }
}
