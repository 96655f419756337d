namespace PyAirtable.Load.Http;

/// <summary>An answer, or why there is none.</summary>
/// <param name="Status">HTTP status; 0 without an answer.</param>
/// <param name="Body">The body, decoded from chunks. It is overwritten by the next answer: read it before waiting for anything.</param>
/// <param name="Failure">Why there is no answer; null if there is one.</param>
internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Body, string? Failure)
{
    /// <summary>No answer.</summary>
    public static HttpAnswer Failed(string reason) => new(0, default, reason);
}
