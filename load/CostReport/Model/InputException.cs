namespace PyAirtable.Cost.Model;

/// <summary>An input that nothing can be worked out from; the message says which and why.</summary>
internal sealed class InputException(string message) : Exception(message);
