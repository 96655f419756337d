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
    /// <summary>Name of the header that carries the key.</summary>
    public const string Header = "X-API-Key";

    private const int Step = 16;

    private readonly int _width;
    private readonly (byte[] Padded, int Length)[] _keys;

    /// <summary>Keys to accept; empty ones are left out, so that an empty header never matches.</summary>
    public ApiKeys(params IEnumerable<string> keys)
    {
        var bytes = keys.Where(key => key.Length > 0).Select(Encoding.UTF8.GetBytes).ToArray();
        _width = bytes.Select(key => (key.Length + Step - 1) / Step * Step).DefaultIfEmpty(Step).Max();
        _keys = Array.ConvertAll(bytes, key =>
        {
            var padded = new byte[_width];
            key.CopyTo(padded, 0);
            return (padded, key.Length);
        });
    }

    /// <summary>Checks the header of <paramref name="request"/>; of several, the first counts.</summary>
    public ApiKeyCheck Check(HttpRequest request) => Check(request.Headers[Header] is [var first, ..] ? first : null);

    /// <summary>Checks a key. One with a character beyond ASCII is wrong.</summary>
    public ApiKeyCheck Check(string? presented) =>
        string.IsNullOrEmpty(presented) ? ApiKeyCheck.Missing : Find(presented) >= 0 ? ApiKeyCheck.Right : ApiKeyCheck.Wrong;

    /// <summary>Which of the keys it is, counted from 0 without the empty ones; -1 for none of them.</summary>
    [SkipLocalsInit]
    public int Find(string presented)
    {
        const int OnStack = 256;
        byte[]? rented = null;
        var bytes = (_width <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(_width))[.._width];
        bytes.Clear();
        var fits = Ascii.FromUtf16(presented, bytes, out _) == OperationStatus.Done;
        var found = -1;
        for (var index = 0; index < _keys.Length; index++)
        {
            var (padded, length) = _keys[index];
            found = CryptographicOperations.FixedTimeEquals(bytes, padded) & length == presented.Length ? index : found;
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return fits ? found : -1;
    }
}
