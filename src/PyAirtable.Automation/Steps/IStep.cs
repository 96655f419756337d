using System.Text.Json;

namespace PyAirtable.Automation.Steps;

/// <summary>One kind of step.</summary>
internal interface IStep
{
    /// <summary>Whether it changes nothing outside and is done at once: what it did need not be stored before the next step begins.</summary>
    bool IsImmediate => false;

    /// <summary>Does what <paramref name="step"/> says; the result is a compact JSON object.</summary>
    /// <exception cref="StepFailedException">The step failed; its message is for the client.</exception>
    Task<string> RunAsync(JsonElement step, StepContext context, CancellationToken cancel);
}
