using Microsoft.Extensions.Logging;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Events;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>Files to extract, as jobs. An interrupted extraction is tried again, since it changes nothing but its own row.</summary>
internal sealed partial class ExtractionQueue(FileStore files, IFileStorage storage, ExtractionRunner runner, ExtractionMetrics metrics, WorkSignal executions, EventAnnouncer events, TimeProvider clock, ILogger log)
{
    private const string GivenUp = "Extraction failed: interrupted 3 times";

    private DateTime Now => WireTime.Now(clock);

    /// <summary>Settles what was interrupted too often.</summary>
    public Task RecoverAsync(CancellationToken cancel) => files.FailExhaustedAsync(GivenUp, Now, cancel);

    /// <summary>Takes the next file under a lease of <paramref name="owner"/>; null when there is none.</summary>
    public Task<ExtractionJob?> ClaimAsync(string owner, CancellationToken cancel) => files.ClaimAsync(owner, Now, Now + LeaseTerms.Length, cancel);

    /// <summary>Lengthens the lease; false when it is lost.</summary>
    public Task<bool> RenewAsync(ExtractionJob job, CancellationToken cancel) => files.RenewAsync(job, Now + LeaseTerms.Length, cancel);

    /// <summary>Extracts a file's text and stores it, or why there is none.</summary>
    /// <exception cref="LeaseLostException">The lease was lost on the way.</exception>
    public async Task RunAsync(ExtractionJob job, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        var found = await ExtractAsync(job, cancel);
        metrics.Ended(found, clock.GetElapsedTime(began));
        var stored = found.Error is null
            ? await files.CompleteAsync(job, found.Content, found.Metadata, Now, cancel)
            : await files.FailAsync(job, found.Error, found.Metadata, Now, cancel);
        if (!stored)
        {
            throw new LeaseLostException();
        }
        executions.Notify();
        await events.AnnounceAsync(found.Error is null ? "file.processed" : "file.failed", job.Id, static (json, id) => json.WriteNumber("file_id"u8, id));
    }

    /// <summary>Gives back a file whose extraction the end of the process cut short.</summary>
    public Task HandBackAsync(ExtractionJob job, CancellationToken cancel) => files.ReleaseAsync(job, cancel);

    private async Task<ExtractedText> ExtractAsync(ExtractionJob job, CancellationToken cancel)
    {
        try
        {
            using var file = await storage.OpenAsync(job.Filename, job.FileSize, cancel);
            return await runner.ExtractAsync(file.Path, cancel);
        }
        catch (FileNotFoundException)
        {
            return TextExtractors.NotFound;
        }
        catch (StorageUnavailableException e)
        {
            LogUnavailable(job, e.Message);
            return new("", TextExtractors.MetadataOf(job.Filename), "Extraction failed: the file storage is not available");
        }
    }

    [LoggerMessage(EventId = 55, Level = LogLevel.Warning, Message = "{Job} did not get its file: {Reason}")]
    private partial void LogUnavailable(ExtractionJob job, string reason);
}
