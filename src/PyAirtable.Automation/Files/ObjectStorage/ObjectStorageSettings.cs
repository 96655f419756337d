using PyAirtable.Hosting.Settings;

namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>Object storage of uploaded files, and whose it is.</summary>
/// <param name="Bucket">Where files go.</param>
/// <param name="Keys">Keys that are given; null where the container's endpoint is asked.</param>
/// <param name="Container">The container's endpoint; null where keys are given.</param>
internal sealed record ObjectStorageSettings(Bucket Bucket, AccessKeys? Keys, ContainerEndpoint? Container)
{
    /// <summary>Bytes of the largest object that one request can store.</summary>
    public const long MaxObjectBytes = 5L << 30;

    private const string EndpointExample = "an absolute http or https URL, such as http://minio:9000";

    /// <summary>Reads them; null where files are stored in the upload folder.</summary>
    public static ObjectStorageSettings? Read(SettingsReader settings)
    {
        var bucket = settings.Read(
            new("FILE_STORAGE", "Object storage of uploaded files; where none is set, they are stored in UPLOAD_DIRECTORY.", "nothing, or a bucket with or without a prefix such as s3://bucket/prefix"),
            "",
            static (string text, out Bucket? value) => Bucket.TryParse(text.Trim(), out value) || text.Length == 0);
        var endpoint = settings.Read(
            new("S3_ENDPOINT", "Base URL of an object storage that is not Amazon's; buckets are below its path.", EndpointExample) { Aliases = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"] },
            "",
            static (string text, out string value) => SettingParsers.HttpUrl(text, out value) || text.Length == 0);
        var region = settings.Read(
            new("AWS_REGION", "Region of the bucket; us-east-1 where S3_ENDPOINT is set and this is not.", "letters, digits and hyphens, such as eu-central-1") { Aliases = ["AWS_DEFAULT_REGION"] },
            "",
            static (string text, out string value) => (value = text.Trim()).All(static c => char.IsAsciiLetterOrDigit(c) || c is '-'));
        var keys = ReadKeys(settings);
        var container = ReadContainer(settings);
        if (bucket is null)
        {
            return null;
        }
        if (region.Length == 0 && endpoint.Length == 0)
        {
            settings.Fail("AWS_REGION", "is not set", "the region of the bucket in FILE_STORAGE, such as eu-central-1");
        }
        if (keys is null && container is null)
        {
            settings.Fail("AWS_ACCESS_KEY_ID", "is not set, and this is no container with a role", "the access key for the bucket in FILE_STORAGE");
        }
        return new(bucket.At(region.Length > 0 ? region : "us-east-1", endpoint), keys, container);
    }

    private static AccessKeys? ReadKeys(SettingsReader settings)
    {
        var id = settings.Text("AWS_ACCESS_KEY_ID", "", "Access key for object storage; where none is set, the container's role is used.");
        var secret = settings.Secret("AWS_SECRET_ACCESS_KEY", "", "Secret of the access key.");
        var token = settings.Secret("AWS_SESSION_TOKEN", "", "Session token of an access key that holds for a time only.");
        if (id.Length > 0 != secret.Length > 0)
        {
            settings.Fail(id.Length > 0 ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID", "is not set", "both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither");
        }
        return id.Length > 0 ? new(id, secret, token, DateTimeOffset.MaxValue) : null;
    }

    private static ContainerEndpoint? ReadContainer(SettingsReader settings)
    {
        var relative = settings.Read(
            new("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "Where a task on ECS asks for its role's keys; ECS sets it.", "a path, such as /v2/credentials/…"),
            "",
            static (string text, out Uri? value) => ContainerEndpoint.TryParseRelative(text, out value) || text.Length == 0);
        var full = settings.Read(
            new("AWS_CONTAINER_CREDENTIALS_FULL_URI", "The same as a URL; EKS sets it.", "an https URL, or an http URL of this machine or of the agents of ECS and EKS"),
            "",
            static (string text, out Uri? value) => ContainerEndpoint.TryParseFull(text, out value) || text.Length == 0);
        var file = settings.Text("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "", "File with what is sent as Authorization there, read each time; EKS sets it.");
        // A secret's file would be read too, but only once.
        var token = file.Length > 0 ? "" : settings.Secret("AWS_CONTAINER_AUTHORIZATION_TOKEN", "", "What is sent as Authorization there.");
        return (relative ?? full) is { } url ? new(url, token, file) : null;
    }
}
