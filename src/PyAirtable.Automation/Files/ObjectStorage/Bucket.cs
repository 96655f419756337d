using System.Diagnostics.CodeAnalysis;

namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>A place in object storage: a bucket, and the prefix of all keys in it that are ours.</summary>
/// <param name="Name">Name of the bucket.</param>
/// <param name="Prefix">Empty, or ends with a slash.</param>
internal sealed record Bucket(string Name, string Prefix)
{
    /// <summary>Region that requests are signed for.</summary>
    public string Region { get; init; } = "";

    /// <summary>URL that the bucket's keys follow; ends with a slash.</summary>
    public string Root { get; init; } = "";

    /// <summary>Reads <c>s3://bucket</c> or <c>s3://bucket/prefix</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Bucket? bucket)
    {
        const string Scheme = "s3://";
        bucket = null;
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }
        var parts = text[Scheme.Length..].TrimEnd('/').Split('/');
        if (!IsName(parts[0]) || !parts.Skip(1).All(IsSegment))
        {
            return false;
        }
        bucket = new(parts[0], string.Concat(parts.Skip(1).Select(static part => part + "/")));
        return true;
    }

    /// <summary>The same with its region, and its URL where it is reached by name: at an endpoint below its path, at Amazon by the host.</summary>
    /// <param name="region">Region that requests are signed for.</param>
    /// <param name="endpoint">Base URL of another storage than Amazon's; empty for Amazon's.</param>
    public Bucket At(string region, string endpoint)
    {
        var amazon = $"s3.{region}.amazonaws.com{(region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}";
        // Amazon's certificates do not cover a bucket with dots in its name.
        var root = endpoint.Length > 0 ? $"{endpoint.TrimEnd('/')}/{Name}/" : Name.Contains('.') ? $"https://{amazon}/{Name}/" : $"https://{Name}.{amazon}/";
        return this with { Region = region, Root = root };
    }

    /// <summary>URL of a file.</summary>
    public Uri UrlOf(string filename) => new(Root + string.Join('/', (Prefix + filename).Split('/').Select(Uri.EscapeDataString)));

    /// <summary>URL of a page of the keys below the prefix.</summary>
    /// <param name="continuation">What the page before said; null for the first.</param>
    public Uri ListUrl(string? continuation) => new(
        $"{Root.TrimEnd('/')}?{(continuation is null ? "" : $"continuation-token={Uri.EscapeDataString(continuation)}&")}delimiter=%2F&list-type=2&prefix={Uri.EscapeDataString(Prefix)}");

    /// <inheritdoc/>
    public override string ToString() => $"s3://{Name}/{Prefix}";

    private static bool IsName(string name) =>
        name.Length is >= 3 and <= 63 && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-') && char.IsAsciiLetterOrDigit(name[0]);

    // A key has at most 1024 bytes, and a path of dots would be another one by the time that it is sent.
    private static bool IsSegment(string segment) => segment.Length is > 0 and <= 200 && segment is not ("." or "..") && segment.All(static c => c is > ' ' and <= '~');
}
