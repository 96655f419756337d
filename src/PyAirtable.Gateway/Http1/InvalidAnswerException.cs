namespace PyAirtable.Gateway.Http1;

/// <summary>An upstream sent what is no HTTP/1.1 answer, or one that can be read in two ways.</summary>
/// <param name="reason">What is wrong with it; names nothing that was sent.</param>
internal sealed class InvalidAnswerException(string reason) : IOException(reason);
