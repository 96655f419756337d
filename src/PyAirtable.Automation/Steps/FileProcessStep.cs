using System.Globalization;
using System.Text.Json;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;

namespace PyAirtable.Automation.Steps;

/// <summary>
/// <c>file_process</c>: has the text of a file extracted, and waits for it (automation contract 3.5). The extraction is a job like any other,
/// so that there is one at a time per file (D30), here or in another process; its failure is the result's <c>status</c>, not the step's (D33).
/// </summary>
/// <param name="files">The files.</param>
/// <param name="extractions">Wakes the worker that extracts.</param>
/// <param name="clock">The clock.</param>
internal sealed class FileProcessStep(FileStore files, WorkSignal extractions, TimeProvider clock) : IStep
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RarestLook = TimeSpan.FromMilliseconds(500);

    public async Task<string> RunAsync(JsonElement step, StepContext context, CancellationToken cancel)
    {
        var named = step.TryGetProperty("file_id", out var value) && PythonText.IsTrue(value) ? StepFields.Text(step, "file_id", context) : null;
        var text = named ?? context.File.Id?.ToString(CultureInfo.InvariantCulture) ?? throw new StepFailedException("No file ID specified for file processing step");
        var file = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? await ExtractAsync(id, cancel) : null;
        if (file is null or { Status: FileStatus.Deleted })
        {
            throw new StepFailedException($"File {text} not found");
        }
        if (file.Id == context.File.Id)
        {
            await context.File.ReadAsync(files, cancel);
        }
        var length = file.Status == FileStatus.Processed ? await files.CountContentAsync(file.Id, cancel) : 0;
        return JsonReply.Text((file, length), static (json, found) =>
        {
            json.WriteNumber("file_id"u8, found.file.Id);
            json.WriteString("status"u8, found.file.Status.ToLowerInvariant());
            json.WriteNumber("content_length"u8, found.length);
            JsonReply.WriteRaw(json, "metadata"u8, found.file.Metadata);
        });
    }

    // The file as it is when nothing of it is under way; null when there is none.
    private async Task<StoredFile?> ExtractAsync(long id, CancellationToken cancel)
    {
        var (file, started) = await files.BeginProcessingAsync(id, WireTime.Now(clock), cancel, isStep: true);
        if (started)
        {
            extractions.Notify();
        }
        for (var wait = FirstLook; file is { Status: FileStatus.Processing }; wait = wait < RarestLook ? wait * 2 : RarestLook)
        {
            await Task.Delay(wait, clock, cancel);
            file = await files.FindAsync(id, cancel);
        }
        return file;
    }
}
