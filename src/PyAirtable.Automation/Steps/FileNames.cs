using System.Globalization;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Storage;

namespace PyAirtable.Automation.Steps;

/// <summary>What steps may name of the file that started the run (automation contract, D10); all steps of a run share it.</summary>
/// <param name="id">The file; null where none did.</param>
internal sealed class FileNames(int? id)
{
    private volatile TriggeringFile? _file;

    /// <summary>The file; null where none did.</summary>
    public int? Id => id;

    /// <summary>Reads it as it is now: its text is there once it is processed.</summary>
    public async Task ReadAsync(FileStore files, CancellationToken cancel)
    {
        if (id is { } known)
        {
            // One character more than a text may have is enough to refuse it.
            _file = await files.FindTriggeringAsync(known, StepContext.MaxText + 1, cancel);
        }
    }

    /// <summary>The value of a name; null for others.</summary>
    public string? Find(string key) => key switch
    {
        "file_id" => _file?.Id.ToString(CultureInfo.InvariantCulture),
        "filename" => _file?.Filename,
        "file_size" => _file?.Size.ToString(CultureInfo.InvariantCulture),
        "mime_type" => _file?.MimeType,
        "content" => _file?.Content,
        _ => null,
    };
}
