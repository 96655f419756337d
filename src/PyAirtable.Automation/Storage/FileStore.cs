using System.Data.Common;
using Dapper;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.Triggers;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>
/// The table <c>files</c>. A row that is <c>PROCESSING</c> is a job: a worker claims it with a lease, and only who holds the lease may
/// write its outcome.
/// </summary>
internal sealed class FileStore(Database database)
{
    /// <summary>Times that one file is tried before it counts as failed.</summary>
    public const int MaxAttempts = 3;

    private const string Columns = """
        id AS Id, filename AS Filename, original_filename AS OriginalFilename, file_size AS FileSize, mime_type AS MimeType,
        file_hash AS FileHash, status AS Status, metadata AS Metadata, processing_started_at AS ProcessingStartedAt,
        processing_completed_at AS ProcessingCompletedAt, processing_error AS ProcessingError, created_at AS CreatedAt, updated_at AS UpdatedAt
        """;

    private const string Held = "WHERE id = @id AND lease_owner = @owner AND status = 'PROCESSING'";
    private const string Claimable = "status = 'PROCESSING' AND (lease_expires_at IS NULL OR lease_expires_at < @now)";
    private const string Claim = $"UPDATE files SET lease_owner = @owner, lease_expires_at = @until, attempts = attempts + 1 WHERE id = (SELECT id FROM files WHERE {Claimable} AND attempts < 3 ORDER BY id LIMIT 1";
    private const string Claimed = ") RETURNING id AS Id, filename AS Filename, file_size AS FileSize, lease_owner AS Owner";

    /// <summary>Adds a file, with the executions that its upload starts; answers its record.</summary>
    public Task<StoredFile> InsertAsync(StoredFile file, string path, CancellationToken cancel) => database.WriteAsync(async (connection, transaction, token) =>
    {
        var id = await connection.ExecuteScalarAsync<int>(
            """
            INSERT INTO files (filename, original_filename, file_path, file_size, mime_type, file_hash, status, metadata, created_at, updated_at)
            VALUES (@Filename, @OriginalFilename, @path, @FileSize, @MimeType, @FileHash, @Status, json(@Metadata), @CreatedAt, @UpdatedAt)
            RETURNING id
            """,
            new { file.Filename, file.OriginalFilename, path, file.FileSize, file.MimeType, file.FileHash, file.Status, file.Metadata, file.CreatedAt, file.UpdatedAt, cancel = token },
            transaction);
        var stored = file with { Id = id };
        await TriggerStore.AddAsync(database.Engine, connection, transaction, new FileEvent(FileEvent.Upload, stored), file.CreatedAt, token);
        return stored;
    }, cancel);

    /// <summary>A page of files, newest first; <paramref name="status"/> is a stored one or null for all.</summary>
    public async Task<List<StoredFile>> ListAsync(string? status, long skip, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var page = status is null
            ? await connection.QueryAsync<StoredFile>(
                $"SELECT {Columns} FROM files ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @skip", new { limit, skip, cancel })
            : await connection.QueryAsync<StoredFile>(
                $"SELECT {Columns} FROM files WHERE status = @status ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @skip", new { status, limit, skip, cancel });
        return [.. page];
    }

    /// <summary>One file, deleted or not; null when there is none.</summary>
    public async Task<StoredFile?> FindAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<StoredFile>($"SELECT {Columns} FROM files WHERE id = @id", new { id, cancel });
    }

    /// <summary>The extracted text.</summary>
    public async Task<string?> FindContentAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<string?>("SELECT content FROM files WHERE id = @id", new { id, cancel });
    }

    /// <summary>Characters of the extracted text, in Unicode code points.</summary>
    public async Task<long> CountContentAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<long?>("SELECT length(content) FROM files WHERE id = @id", new { id, cancel }) ?? 0;
    }

    /// <summary>A file with at most <paramref name="most"/> characters of its text; null when there is none.</summary>
    public async Task<TriggeringFile?> FindTriggeringAsync(long id, int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<TriggeringFile>(
            """
            SELECT id AS Id, original_filename AS Filename, file_size AS Size, mime_type AS MimeType,
                   CASE WHEN status = 'PROCESSED' THEN substr(content, 1, @most) END AS Content
            FROM files WHERE id = @id
            """,
            new { id, most, cancel });
    }

    /// <summary>Whether there is any record, of a deleted file too.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int?>("SELECT id FROM files LIMIT @limit", new { limit = 1, cancel }) is not null;
    }

    /// <summary>Whether a stored file has a record that needs it.</summary>
    public async Task<bool> IsKeptAsync(string filename, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM files WHERE filename = @filename AND status <> 'DELETED'", new { filename, cancel }) > 0;
    }

    /// <summary>Turns a file that is uploaded or failed into a job; the record as it is then, and whether this call did it.</summary>
    /// <param name="id">The file.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <param name="isStep">True for a workflow's step, which leaves the time of the start as it is (automation contract 3.5).</param>
    public Task<(StoredFile? File, bool Started)> BeginProcessingAsync(long id, DateTime now, CancellationToken cancel, bool isStep = false) => database.WriteAsync(async (connection, transaction, token) =>
    {
        var started = await connection.ExecuteAsync(
            """
            UPDATE files SET status = 'PROCESSING', processing_started_at = CASE WHEN @isStep THEN processing_started_at ELSE @now END, processing_completed_at = NULL, processing_error = NULL,
                   attempts = 0, lease_owner = NULL, lease_expires_at = NULL, updated_at = @now
            WHERE id = @id AND status IN ('UPLOADED', 'FAILED')
            """,
            new { id, now, isStep, cancel = token },
            transaction) > 0;
        return (await connection.QueryFirstOrDefaultAsync<StoredFile>($"SELECT {Columns} FROM files WHERE id = @id", new { id, cancel = token }, transaction), started);
    }, cancel);

    /// <summary>Marks a file as deleted and ends its lease; its stored name, or null when there is no such file.</summary>
    public Task<string?> DeleteAsync(long id, DateTime now, CancellationToken cancel) => database.WriteAsync((connection, transaction, token) =>
        connection.ExecuteScalarAsync<string?>(
            "UPDATE files SET status = 'DELETED', lease_owner = NULL, lease_expires_at = NULL, updated_at = @now WHERE id = @id RETURNING filename",
            new { id, now, cancel = token },
            transaction), cancel);

    /// <summary>Takes the oldest job that nobody holds; null when there is none.</summary>
    public async Task<ExtractionJob?> ClaimAsync(string owner, DateTime now, DateTime until, CancellationToken cancel)
    {
        if (!await AnyClaimableAsync(now, cancel))
        {
            return null;
        }
        return await database.WriteAsync((connection, transaction, token) => database.Engine == DatabaseEngine.Sqlite
            ? connection.QueryFirstOrDefaultAsync<ExtractionJob>(Claim + Claimed, new { owner, now, until, cancel = token }, transaction)
            : connection.QueryFirstOrDefaultAsync<ExtractionJob>(Claim + " FOR UPDATE SKIP LOCKED" + Claimed, new { owner, now, until, cancel = token }, transaction), cancel);
    }

    /// <summary>Lengthens a lease; false when it is lost.</summary>
    public Task<bool> RenewAsync(ExtractionJob job, DateTime until, CancellationToken cancel) => WriteHeldAsync(
        (connection, transaction, token) => connection.ExecuteAsync(
            $"UPDATE files SET lease_expires_at = @until {Held}", new { id = job.Id, owner = job.Owner, until, cancel = token }, transaction), cancel);

    /// <summary>Gives a job back as if it had not been tried; false when the lease is lost.</summary>
    public Task<bool> ReleaseAsync(ExtractionJob job, CancellationToken cancel) => WriteHeldAsync(
        (connection, transaction, token) => connection.ExecuteAsync(
            $"UPDATE files SET lease_owner = NULL, lease_expires_at = NULL, attempts = attempts - 1 {Held}", new { id = job.Id, owner = job.Owner, cancel = token }, transaction), cancel);

    /// <summary>Stores what was extracted, with the executions that this starts; false when the lease is lost.</summary>
    public Task<bool> CompleteAsync(ExtractionJob job, string content, string metadata, DateTime now, CancellationToken cancel) => database.WriteAsync(async (connection, transaction, token) =>
    {
        var file = await connection.QueryFirstOrDefaultAsync<StoredFile>(
            $"UPDATE files SET status = 'PROCESSED', content = @content, metadata = json(@metadata), processing_completed_at = @now, updated_at = @now, lease_owner = NULL, lease_expires_at = NULL {Held} RETURNING {Columns}",
            new { id = job.Id, owner = job.Owner, content, metadata, now, cancel = token },
            transaction);
        if (file is null)
        {
            return false;
        }
        await TriggerStore.AddAsync(database.Engine, connection, transaction, new FileEvent(FileEvent.Processed, file), now, token);
        return true;
    }, cancel);

    /// <summary>Stores why nothing was extracted; false when the lease is lost.</summary>
    public Task<bool> FailAsync(ExtractionJob job, string error, string metadata, DateTime now, CancellationToken cancel) => WriteHeldAsync(
        (connection, transaction, token) => connection.ExecuteAsync(
            $"UPDATE files SET status = 'FAILED', processing_error = @error, metadata = json(@metadata), processing_completed_at = @now, updated_at = @now, lease_owner = NULL, lease_expires_at = NULL {Held}",
            new { id = job.Id, owner = job.Owner, error, metadata, now, cancel = token },
            transaction), cancel);

    /// <summary>Fails the jobs whose last attempt was interrupted too; how many.</summary>
    public async Task<int> FailExhaustedAsync(string error, DateTime now, CancellationToken cancel)
    {
        if (!await AnyClaimableAsync(now, cancel))
        {
            return 0;
        }
        return await database.WriteAsync((connection, transaction, token) => connection.ExecuteAsync(
            $"UPDATE files SET status = 'FAILED', processing_error = @error, processing_completed_at = @now, updated_at = @now, lease_owner = NULL, lease_expires_at = NULL WHERE {Claimable} AND attempts >= 3",
            new { error, now, cancel = token },
            transaction), cancel);
    }

    // A read first: an idle worker shall not take SQLite's one writer every second.
    private async Task<bool> AnyClaimableAsync(DateTime now, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int?>($"SELECT id FROM files WHERE {Claimable} LIMIT 1", new { now, cancel }) is not null;
    }

    private async Task<bool> WriteHeldAsync(Func<DbConnection, DbTransaction, CancellationToken, Task<int>> write, CancellationToken cancel) =>
        await database.WriteAsync(write, cancel) > 0;
}
