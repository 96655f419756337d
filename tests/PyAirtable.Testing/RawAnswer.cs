namespace PyAirtable.Testing;

/// <summary>An answer as read from the wire.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Closes">True if it carries <c>Connection: close</c>.</param>
/// <param name="Body">Its body.</param>
public sealed record RawAnswer(int Status, bool Closes, string Body);
