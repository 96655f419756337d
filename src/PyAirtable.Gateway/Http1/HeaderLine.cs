namespace PyAirtable.Gateway.Http1;

/// <summary>A header line of an answer, kept by its connection: the next answer mostly has the same, and then no string is made.</summary>
/// <param name="Raw">As it was sent, without the line's end.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, bytes as characters; empty where it is of no use.</param>
/// <param name="Fate">What becomes of it.</param>
internal sealed record HeaderLine(byte[] Raw, string Name, string Value, HeaderFate Fate);
