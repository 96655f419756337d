using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Automation.Files;

/// <summary>
/// Reads one multipart form and keeps its last part named <c>file</c>. Bytes go straight to a temporary file while they are hashed
/// and counted; reading stops at the limit. Disposing it removes what is left of it.
/// </summary>
internal sealed class UploadReader(UploadFolder folder, UploadRules rules) : IDisposable
{
    private const int BufferBytes = 128 * 1024;
    private const int MaxBoundary = 256;
    private const int MaxFields = 1000;
    private const int MaxFieldBytes = 1024 * 1024;
    private const int EchoBytes = 800;
    private const string Field = "file";

    private static readonly PreparedAnswer Malformed = DetailError.Prepare(StatusCodes.Status400BadRequest, "There was an error parsing the body");
    private static readonly PreparedAnswer NoBoundary = DetailError.Prepare(StatusCodes.Status400BadRequest, "Missing boundary in multipart.");

    private FileStream? _temporary;
    private ReceivedFile? _received;
    private PreparedAnswer? _refusal;
    private string? _plainText;

    /// <summary>True when the rest of the body was left unread.</summary>
    public bool StoppedEarly { get; private set; }

    /// <summary>The file, or the answer for what is wrong, or faults of a form without a file.</summary>
    /// <exception cref="BadHttpRequestException">The client went away or broke the protocol.</exception>
    public async Task<(ReceivedFile? File, PreparedAnswer? Refusal)> ReadAsync(HttpRequest request, ValidationErrors errors, CancellationToken cancel)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && request.ContentLength != 0)
        {
            var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
            if (string.IsNullOrEmpty(boundary))
            {
                return (null, NoBoundary);
            }
            if (boundary.Length > MaxBoundary || await ReadPartsAsync(new MultipartReader(boundary, request.Body, BufferBytes), cancel) is false)
            {
                return (null, Malformed);
            }
        }
        if (_plainText is not null)
        {
            errors.Add(ValidationError.UploadExpected(Location.Body.Member(Field), _plainText));
        }
        else if (_received is null && _refusal is null)
        {
            errors.Add(ValidationError.Missing(Location.Body.Member(Field), default(ErrorInput)));
        }
        return (_received, _refusal);
    }

    public void Dispose() => Forget();

    private async Task<bool> ReadPartsAsync(MultipartReader form, CancellationToken cancel)
    {
        try
        {
            for (var parts = 0; await FormAsync(form.ReadNextSectionAsync(cancel)) is { } part; parts++)
            {
                var disposition = ContentDisposition.Parse(part.ContentDisposition);
                if (disposition.Name is null || parts == MaxFields)
                {
                    return false;
                }
                if (!await ReadPartAsync(disposition, part.Body, cancel))
                {
                    StoppedEarly = true;
                    return true;
                }
            }
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // False when the part is larger than it may be: nothing after it is read.
    private async Task<bool> ReadPartAsync(ContentDisposition disposition, Stream body, CancellationToken cancel)
    {
        if (disposition.Name != Field)
        {
            return await CopyAsync(body, MaxFieldBytes, static _ => { }, cancel) >= 0;
        }
        Forget();
        if (disposition.Filename is null)
        {
            return await ReadPlainAsync(body, cancel);
        }
        _refusal = rules.Refuse(disposition.Filename);
        return _refusal is null ? await StoreAsync(disposition.Filename, body, cancel) : await CopyAsync(body, rules.MaxBytes, static _ => { }, cancel) >= 0;
    }

    private async Task<bool> ReadPlainAsync(Stream body, CancellationToken cancel)
    {
        using var shown = new MemoryStream();
        var length = await CopyAsync(body, MaxFieldBytes, bytes => shown.Write(bytes[..(int)Math.Min(bytes.Length, EchoBytes - shown.Length)]), cancel);
        _plainText = Encoding.UTF8.GetString(shown.GetBuffer(), 0, (int)shown.Length);
        return length >= 0;
    }

    private async Task<bool> StoreAsync(string filename, Stream body, CancellationToken cancel)
    {
        var file = _temporary = folder.OpenTemporary();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = await CopyAsync(
            body,
            rules.MaxBytes,
            bytes =>
            {
                hash.AppendData(bytes);
                file.Write(bytes);
            },
            cancel);
        if (size < 0)
        {
            Forget();
            _refusal = rules.TooLarge;
            return false;
        }
        _received = new(file, filename, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        return true;
    }

    // The bytes read, or -1 as soon as there are more than the limit.
    private static async Task<long> CopyAsync(Stream body, long limit, Action<ReadOnlySpan<byte>> take, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var total = 0L; ;)
            {
                // Full buffers: little is read at a time, and each is hashed and written for itself.
                var wanted = (int)Math.Min(BufferBytes, limit - total + 1);
                var read = await FormAsync(body.ReadAtLeastAsync(buffer.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, cancel).AsTask());
                total += read;
                if (read == 0 || total > limit)
                {
                    return read == 0 ? total : -1;
                }
                take(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // A form that ends too soon is told from a lost connection, which has an exception of its own, and from a full disk. What comes
    // after goes to the disk.
    private static async Task<T> FormAsync<T>(Task<T> reading)
    {
        try
        {
            var read = await reading;
            await EventLoops.LeaveAsync();
            return read;
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            throw new InvalidDataException("The form ends too soon", e);
        }
    }

    // A later part of the same name takes the place of an earlier one.
    private void Forget()
    {
        if (_temporary is { } file)
        {
            UploadFolder.Discard(file);
        }
        (_temporary, _received, _refusal, _plainText) = (null, null, null, null);
    }
}
