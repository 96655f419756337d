using PyAirtable.Automation.Files.ObjectStorage;

namespace PyAirtable.Automation.Tests.Files.ObjectStorage;

/// <summary>The examples of Amazon S3's documentation of Signature Version 4.</summary>
public sealed class RequestSignerTests
{
    private static readonly AccessKeys Keys = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "", DateTimeOffset.MaxValue);
    private static readonly DateTimeOffset Time = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    // Method, path and query, further headers, hash of the body, signed headers, signature.
    public static TheoryData<string, string, string[], string, string, string> Examples => new()
    {
        { "GET", "test.txt", ["Range: bytes=0-9"], RequestSigner.NoBody, "host;range;x-amz-content-sha256;x-amz-date", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41" },
        {
            "PUT", "test%24file.text", ["Date: Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class: REDUCED_REDUNDANCY"], "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        },
        { "GET", "?lifecycle", [], RequestSigner.NoBody, "host;x-amz-content-sha256;x-amz-date", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543" },
        { "GET", "?prefix=J&max-keys=2", [], RequestSigner.NoBody, "host;x-amz-content-sha256;x-amz-date", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Sign_DocumentedExample_GivesItsSignature(string method, string target, string[] headers, string hash, string names, string signature)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "https://examplebucket.s3.amazonaws.com/" + target);
        foreach (var header in headers)
        {
            request.Headers.TryAddWithoutValidation(header[..header.IndexOf(':')], header[(header.IndexOf(':') + 2)..]);
        }

        RequestSigner.Sign(request, hash, Keys, "us-east-1", Time);

        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders={names},Signature={signature}",
            request.Headers.NonValidated["Authorization"].ToString());
    }

    [Fact]
    public void Sign_SessionToken_IsSentAndSigned()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:9000/bucket/key");

        RequestSigner.Sign(request, RequestSigner.NoBody, Keys with { SessionToken = "token==" }, "eu-central-1", Time);

        Assert.Equal("token==", request.Headers.NonValidated["x-amz-security-token"].ToString());
        Assert.Contains("/20130524/eu-central-1/s3/aws4_request,SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,", request.Headers.NonValidated["Authorization"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_Keys_ShowNothing() => Assert.Equal("AccessKeys", Keys.ToString());
}
