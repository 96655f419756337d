using System.Buffers;

namespace PyAirtable.Gateway.Http1;

/// <summary>What names of headers are made of (<c>token</c> of RFC 9110, 5.6.2), in bytes and in characters.</summary>
internal static class HeaderCharacters
{
    private const string Token = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Characters = SearchValues.Create(Token);
    private static readonly SearchValues<byte> Bytes = SearchValues.Create([.. Token.Select(static character => (byte)character)]);

    /// <summary>Whether something else is in a name.</summary>
    public static bool AreNotAllToken(ReadOnlySpan<char> name) => name.ContainsAnyExcept(Characters);

    /// <summary>As <see cref="AreNotAllToken(ReadOnlySpan{char})"/>.</summary>
    public static bool AreNotAllToken(ReadOnlySpan<byte> name) => name.ContainsAnyExcept(Bytes);
}
