namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>A request whose answers differed.</summary>
/// <param name="At">When it was found.</param>
/// <param name="Group">Name of its group.</param>
/// <param name="Route">Template of its route.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path without the query, which may have secrets in it.</param>
/// <param name="TraceId">Its trace id, by which both sides' logs know it.</param>
/// <param name="Python">HTTP status of the Python side.</param>
/// <param name="Native">HTTP status of the native side.</param>
/// <param name="Differences">In what; of each the Python side first.</param>
internal sealed record DifferenceSample(
    DateTimeOffset At,
    string Group,
    string Route,
    string Method,
    string Path,
    string TraceId,
    int Python,
    int Native,
    IReadOnlyList<Difference> Differences);
