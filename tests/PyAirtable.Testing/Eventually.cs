namespace PyAirtable.Testing;

/// <summary>Waits for what happens soon, but not at once.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Returns once it is true.</summary>
    /// <exception cref="OperationCanceledException">It was not within half a minute.</exception>
    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    /// <inheritdoc cref="TrueAsync(Func{bool})"/>
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
