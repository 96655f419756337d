using PyAirtable.Gateway.Compression;

namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>The body of an answer that nobody gets: all of it goes to the copy, and one that is too long is given up.</summary>
/// <param name="copy">The copy.</param>
internal sealed class CopyStream(AnswerCopy copy) : WriteOnlyStream
{
    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        copy.Append(buffer.Span);
        return copy.IsWhole ? ValueTask.CompletedTask : throw new IOException("The answer is longer than what is compared.");
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Answers are written asynchronously.");
}
