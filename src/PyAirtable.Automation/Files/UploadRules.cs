using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Automation.Files;

/// <summary>Which files are taken, and the answers for those that are not (automation contract 1.4).</summary>
/// <param name="extensions">Accepted extensions, lower case, with their dot.</param>
/// <param name="maxBytes">Largest file.</param>
internal sealed class UploadRules(IReadOnlyList<string> extensions, long maxBytes)
{
    private const int MaxNameLength = 255;

    private static readonly PreparedAnswer NoFilename = DetailError.Prepare(StatusCodes.Status400BadRequest, "No filename provided");
    private static readonly PreparedAnswer LongFilename = DetailError.Prepare(StatusCodes.Status400BadRequest, "Filename too long");

    private readonly PreparedAnswer _wrongType = DetailError.Prepare(
        StatusCodes.Status400BadRequest,
        $"File type not allowed. Allowed types: [{string.Join(", ", extensions.Select(extension => $"'{extension}'"))}]");

    /// <summary>Bytes that a file may have.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>The answer for a file of more bytes.</summary>
    public PreparedAnswer TooLarge { get; } = DetailError.Prepare(StatusCodes.Status413PayloadTooLarge, $"File too large. Max size: {maxBytes} bytes");

    /// <summary>Why a file of this name is refused; null when it is not.</summary>
    public PreparedAnswer? Refuse(string filename)
    {
        if (filename.Length == 0 || filename.Contains('\0'))
        {
            return NoFilename;
        }
        if (filename.EnumerateRunes().Count() > MaxNameLength)
        {
            return LongFilename;
        }
        return extensions.Contains(FileType.Extension(filename), StringComparer.OrdinalIgnoreCase) ? null : _wrongType;
    }
}
