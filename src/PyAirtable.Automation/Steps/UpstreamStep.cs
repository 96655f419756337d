using System.Text.Json;
using PyAirtable.Automation.Upstreams;

namespace PyAirtable.Automation.Steps;

/// <summary>Calls of steps that are made once, and whose answer must be a JSON object.</summary>
internal static class UpstreamStep
{
    /// <summary>Posts JSON and reads the answer.</summary>
    /// <param name="service">Whom to ask.</param>
    /// <param name="name">Its name in failures.</param>
    /// <param name="path">Its path.</param>
    /// <param name="body">The JSON.</param>
    /// <param name="context">The run.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="StepFailedException">There is no answer, its status is none of 2xx, or it is no JSON object.</exception>
    public static async Task<JsonElement> CallAsync(UpstreamService service, string name, string path, byte[] body, StepContext context, CancellationToken cancel)
    {
        try
        {
            var answer = await service.SendAsync(HttpMethod.Post, path, body, context.IdempotencyKey, attempt: 0, cancel);
            return !answer.IsSuccess ? throw new StepFailedException($"{name} request failed: {answer.Status}")
                : answer.Json is { ValueKind: JsonValueKind.Object } json ? json
                : throw new StepFailedException($"{name} request failed: invalid answer");
        }
        catch (UpstreamFailedException e)
        {
            throw new StepFailedException($"{name} request failed: {e.Message}");
        }
    }
}
