using PyAirtable.Hosting.Errors;

namespace PyAirtable.Platform.Access;

/// <summary>Makes an error answer of a contract family: <see cref="DetailError.Prepare"/>, or <see cref="GoError.Prepare"/> under <c>/api/v1</c>
/// (platform contract 8.6: never both).</summary>
internal delegate PreparedAnswer ErrorStyle(int status, string text);
