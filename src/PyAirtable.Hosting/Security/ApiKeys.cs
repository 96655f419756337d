using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Hosting.Security;

/// <summary>
/// The API keys that open a service, compared in a time that tells nothing about them: every check compares as many bytes as the
/// longest key has, rounded up to <see cref="Step"/>, with every key. Nothing is allocated.
/// </summary>
public sealed class ApiKeys
{
    private const int LongestPresented = 512;

    /// <summary>Name of the header that carries the key.</summary>
    public const string Header = "X-API-Key";

    private const int Step = 16;

    private volatile KeySet _keys;

    /// <summary>Keys to accept; empty ones are left out, so that an empty header never matches.</summary>
    public ApiKeys(params IEnumerable<string> keys) => _keys = KeySet.Of(keys);

    /// <summary>Whether there is no key.</summary>
    public bool IsEmpty => _keys.Keys.Length == 0;

    /// <summary>Accepts other keys from now on.</summary>
    public void Replace(params IEnumerable<string> keys) => _keys = KeySet.Of(keys);

    /// <summary>Checks the header of <paramref name="request"/>; of several, the first counts.</summary>
    public ApiKeyCheck Check(HttpRequest request) => Check(request.Headers[Header] is [var first, ..] ? first : null);

    /// <summary>Checks a key. One with a character beyond ASCII is wrong.</summary>
    public ApiKeyCheck Check(string? presented) =>
        string.IsNullOrEmpty(presented) ? ApiKeyCheck.Missing : Find(presented) >= 0 ? ApiKeyCheck.Right : ApiKeyCheck.Wrong;

    /// <summary>Which of the keys it is, counted from 0 without the empty ones; -1 for none of them.</summary>
    [SkipLocalsInit]
    public int Find(ReadOnlySpan<byte> presented)
    {
        Span<char> text = stackalloc char[LongestPresented];
        return presented.Length <= LongestPresented ? Find(text[..Encoding.Latin1.GetChars(presented, text)]) : -1;
    }

    /// <summary>As <see cref="Find(ReadOnlySpan{byte})"/>.</summary>
    [SkipLocalsInit]
    public int Find(ReadOnlySpan<char> presented)
    {
        const int OnStack = 256;
        var (width, keys) = _keys;
        byte[]? rented = null;
        var bytes = (width <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(width))[..width];
        bytes.Clear();
        var fits = Ascii.FromUtf16(presented, bytes, out _) == OperationStatus.Done;
        var found = -1;
        for (var index = 0; index < keys.Length; index++)
        {
            var (padded, length) = keys[index];
            found = CryptographicOperations.FixedTimeEquals(bytes, padded) & length == presented.Length ? index : found;
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return fits ? found : -1;
    }

    private sealed record KeySet(int Width, (byte[] Padded, int Length)[] Keys)
    {
        public static KeySet Of(IEnumerable<string> keys)
        {
            var bytes = keys.Where(key => key.Length > 0).Select(Encoding.UTF8.GetBytes).ToArray();
            var width = bytes.Select(key => (key.Length + Step - 1) / Step * Step).DefaultIfEmpty(Step).Max();
            return new KeySet(width, Array.ConvertAll(bytes, key =>
            {
                var padded = new byte[width];
                key.CopyTo(padded, 0);
                return (padded, key.Length);
            }));
        }
    }
}
