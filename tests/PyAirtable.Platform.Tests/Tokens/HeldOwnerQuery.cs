namespace PyAirtable.Platform.Tests.Tokens;

/// <summary>A query under way.</summary>
internal sealed class HeldOwnerQuery(IReadOnlyList<int> users)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Who is asked for.</summary>
    public IReadOnlyList<int> Users { get; } = users;

    public Task End => _end.Task;

    public void Answer() => _end.SetResult();

    /// <summary>The connection is lost.</summary>
    public void Lose() => _end.SetException(new IOException());
}
