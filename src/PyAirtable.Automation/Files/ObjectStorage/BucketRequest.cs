namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>A request to object storage, which can be sent again.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Url">Its URL.</param>
internal sealed record BucketRequest(HttpMethod Method, Uri Url)
{
    private const int ChunkBytes = 64 * 1024;
    private const int AskFirstBytes = 1024 * 1024;

    /// <summary>File on this machine that is its body; null for no body.</summary>
    public string? BodyPath { get; init; }

    /// <summary>SHA-256 of its body.</summary>
    public string BodyHash { get; init; } = RequestSigner.NoBody;

    /// <summary>Bytes that go one way or the other; time is given by them.</summary>
    public long Bytes { get; init; }

    /// <summary>A signed message, for one attempt.</summary>
    public HttpRequestMessage ToMessage(AccessKeys keys, string region, DateTimeOffset now)
    {
        var message = new HttpRequestMessage(Method, Url);
        RequestSigner.Sign(message, BodyHash, keys, region, now);
        if (BodyPath is not null)
        {
            message.Content = new StreamContent(new FileStream(BodyPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0), ChunkBytes);
            // A refusal shall come before the body has gone, and be read.
            message.Headers.ExpectContinue = Bytes >= AskFirstBytes;
        }
        return message;
    }
}
