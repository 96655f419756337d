namespace PyAirtable.Load.Http;

/// <summary>An answer among the bytes of a connection.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="BodyStart">Where its body begins.</param>
/// <param name="BodyLength">Length of the body.</param>
/// <param name="Closes">Whether the server closes the connection after it.</param>
internal readonly record struct ReadAnswer(int Status, int BodyStart, int BodyLength, bool Closes);
