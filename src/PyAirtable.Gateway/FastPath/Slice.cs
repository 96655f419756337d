namespace PyAirtable.Gateway.FastPath;

/// <summary>A piece of a buffer.</summary>
internal readonly record struct Slice(int Start, int Length)
{
    /// <summary>Whether it is there at all.</summary>
    public bool IsSet => Start > 0;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> buffer) => buffer.Slice(Start, Length);
}
