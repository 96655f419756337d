namespace PyAirtable.Hosting.Transport;

/// <summary>Memory for what connections have sent: a request's stays taken until its answer is on its way, so as many are out at once as
/// requests are under way. The shared pool keeps too few for that.</summary>
internal static class InputBuffers
{
    // 8 MiB of each size at most are kept.
    private const int KeptBytes = 8 << 20;

    private static readonly Shelf[] Shelves = [new(1 << 10), new(1 << 12), new(1 << 14), new(1 << 16)];

    /// <summary>An array of at least <paramref name="bytes"/> bytes, with anything in it.</summary>
    public static byte[] Rent(int bytes)
    {
        foreach (var shelf in Shelves)
        {
            if (bytes <= shelf.Size)
            {
                return shelf.Take();
            }
        }
        return GC.AllocateUninitializedArray<byte>(bytes);
    }

    /// <summary>Gives an array back.</summary>
    public static void Return(byte[] buffer)
    {
        foreach (var shelf in Shelves)
        {
            if (buffer.Length == shelf.Size)
            {
                shelf.Put(buffer);
                return;
            }
        }
    }

    private sealed class Shelf(int size)
    {
        private readonly Lock _lock = new();
        private readonly Stack<byte[]> _free = new();

        public int Size => size;

        public byte[] Take()
        {
            lock (_lock)
            {
                if (_free.TryPop(out var buffer))
                {
                    return buffer;
                }
            }
            return GC.AllocateUninitializedArray<byte>(size);
        }

        public void Put(byte[] buffer)
        {
            lock (_lock)
            {
                if (_free.Count < KeptBytes / size)
                {
                    _free.Push(buffer);
                }
            }
        }
    }
}
