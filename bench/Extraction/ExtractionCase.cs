namespace PyAirtable.Bench.Extraction;

/// <summary>A file whose text is extracted by both sides.</summary>
/// <param name="Name">What is in it.</param>
/// <param name="File">Its name.</param>
/// <param name="Write">Writes it to a path.</param>
/// <param name="Whose">The library that it is compared with.</param>
/// <param name="Yardstick">What <c>yardstick.py</c> calls that.</param>
internal sealed record ExtractionCase(string Name, string File, Action<string> Write, string Whose, string Yardstick);
