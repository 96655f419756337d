using System.Text;

namespace PyAirtable.Load.Http;

/// <summary>A request.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Path and query, in ASCII.</param>
/// <param name="Body">Its body.</param>
/// <param name="ContentType">Kind of the body; null without one.</param>
/// <param name="Token">Token of a user; null without one.</param>
internal readonly record struct HttpCall(string Method, string Path, ReadOnlyMemory<byte> Body = default, string? ContentType = null, string? Token = null)
{
    private const string Json = "application/json";

    /// <summary>A GET.</summary>
    public static HttpCall Get(string path, string? token = null) => new("GET", path, Token: token);

    /// <summary>A POST of JSON.</summary>
    public static HttpCall Post(string path, ReadOnlyMemory<byte> json, string? token = null) => new("POST", path, json, Json, token);

    /// <summary>The same with the JSON as text.</summary>
    public static HttpCall Post(string path, string json, string? token = null) => Post(path, Encoding.UTF8.GetBytes(json), token);

    /// <summary>A PATCH of JSON.</summary>
    public static HttpCall Patch(string path, ReadOnlyMemory<byte> json) => new("PATCH", path, json, Json);

    /// <summary>A DELETE.</summary>
    public static HttpCall Delete(string path) => new("DELETE", path);
}
