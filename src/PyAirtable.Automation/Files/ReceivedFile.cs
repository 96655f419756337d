namespace PyAirtable.Automation.Files;

/// <summary>An upload that is complete on disk under a temporary name.</summary>
/// <param name="Temporary">The file, open. Who stores it closes it, and may move it away.</param>
/// <param name="OriginalFilename">Name as the client sent it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Hash">SHA-256 in lower-case hexadecimal digits.</param>
internal sealed record ReceivedFile(FileStream Temporary, string OriginalFilename, long Size, string Hash);
