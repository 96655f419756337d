using System.Net;

namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>Where a container asks for the keys of its role, as ECS and EKS tell it by environment variables.</summary>
/// <param name="Url">What to ask.</param>
/// <param name="Token">Sent as <c>Authorization</c>; empty for nothing.</param>
/// <param name="TokenFile">File that holds the token, and another one from time to time; empty for none.</param>
internal sealed record ContainerEndpoint(Uri Url, string Token, string TokenFile)
{
    private const string TaskRoles = "http://169.254.170.2";

    // The agents of ECS and EKS (Pod Identity).
    private static readonly IPAddress[] Agents = [IPAddress.Parse("169.254.170.2"), IPAddress.Parse("169.254.170.23"), IPAddress.Parse("fd00:ec2::23")];

    /// <summary>The URL of <c>AWS_CONTAINER_CREDENTIALS_RELATIVE_URI</c>.</summary>
    public static bool TryParseRelative(string path, out Uri? url)
    {
        url = null;
        return path is ['/', not '/', ..] && Uri.TryCreate(TaskRoles + path, UriKind.Absolute, out url);
    }

    /// <summary>The URL of <c>AWS_CONTAINER_CREDENTIALS_FULL_URI</c>: in clear text only to this machine and to the agents, for the answer is a secret.</summary>
    public static bool TryParseFull(string text, out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url)
        && url.UserInfo.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (url.IsLoopback || IsAgent(url))));

    /// <summary>Nothing of the token, wherever it may be written.</summary>
    public override string ToString() => nameof(ContainerEndpoint);

    private static bool IsAgent(Uri url) => IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && Agents.Contains(address);
}
