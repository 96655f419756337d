using System.Text.Json;

namespace PyAirtable.Automation.Upstreams;

/// <summary>What a service answered.</summary>
/// <param name="Status">Its status.</param>
/// <param name="RetryAfter">How long it asks to be left alone; null where it does not say.</param>
/// <param name="Body">The body; null where it could not be read to its end, or is too long.</param>
internal sealed record UpstreamAnswer(int Status, TimeSpan? RetryAfter, byte[]? Body)
{
    /// <summary>True for 2xx.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The body as a JSON object; undefined where it is none.</summary>
    public JsonElement Json
    {
        get
        {
            try
            {
                return Body is { } body && JsonElement.Parse(body) is { ValueKind: JsonValueKind.Object } json ? json : default;
            }
            catch (JsonException)
            {
                return default;
            }
        }
    }
}
