using System.Net;
using System.Text;
using PyAirtable.Automation.Outbound;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>An answer of object storage that is not a good one.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Code">What the storage calls it, letters and digits; empty where it does not say.</param>
/// <param name="Region">The region that the bucket is in, where the storage says so; else empty.</param>
internal sealed record BucketRefusal(HttpStatusCode Status, string Code, string Region)
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxWordLength = 64;

    /// <summary>Whether there is no such object, though there is the bucket.</summary>
    public bool IsMissing => Status == HttpStatusCode.NotFound && Code != "NoSuchBucket";

    /// <summary>Whether the keys were taken for expired.</summary>
    public bool IsExpired => Code is "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired";

    /// <summary>Whether the same request may go well in a moment.</summary>
    public bool MayPass => IsExpired || (int)Status >= 500 || Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || Code is "RequestTimeout" or "SlowDown";

    /// <summary>It in words.</summary>
    public string Reason => $"answered {(int)Status}{(Code.Length > 0 ? " " + Code : "")}{(Region.Length > 0 ? ", the bucket is in " + Region : "")}";

    /// <summary>Reads it, as far as it can be.</summary>
    public static async Task<BucketRefusal> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var body = await BoundedBody.ReadAsync(answer.Content, MaxBodyBytes, cancel) ?? [];
        var region = answer.Headers.TryGetValues("x-amz-bucket-region", out var values) ? Word(values.First()) : "";
        return new(answer.StatusCode, Word(Between(Encoding.UTF8.GetString(body), "<Code>", "</Code>")), region);
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = from < start.Length ? -1 : text.IndexOf(end, from, StringComparison.Ordinal);
        return to < 0 ? "" : text[from..to];
    }

    // It goes to the log, and comes from elsewhere.
    private static string Word(string text) => text.Length <= MaxWordLength && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') ? text : "";
}
