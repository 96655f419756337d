using PyAirtable.Platform.Passwords;

namespace PyAirtable.Platform.Tests.Passwords;

public sealed class HashingPoolTests
{
    private const string IdlePolicy = "5";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Work_RunsOnAThreadOfItsOwn()
    {
        await using var pool = new HashingPool(2, 10);

        Assert.False(await pool.RunAsync(() => Thread.CurrentThread.IsThreadPoolThread, Token));
    }

    [Fact]
    public async Task Run_Work_HasOnlyIdleProcessors()
    {
        await using var pool = new HashingPool(1, 1);

        Assert.Equal(IdlePolicy, await pool.RunAsync(PolicyOfThread, Token));
        Assert.NotEqual(IdlePolicy, await Task.Run(PolicyOfThread, Token));
    }

    [Fact]
    public async Task Run_WorkThatGetsNoProcessor_IsTakenOverByAThreadThatHasAShare()
    {
        await using var pool = new HashingPool(1, 2);
        using var gate = new ManualResetEventSlim();
        var times = 0;
        var first = pool.RunAsync(() => HeldUpOnce(), Token);
        var second = pool.RunAsync(PolicyAndNicenessOfThread, Token);

        Assert.Equal(("0", "10"), await first);
        Assert.Equal(("0", "10"), await second);
        gate.Set();

        (string, string) HeldUpOnce()
        {
            if (Interlocked.Increment(ref times) == 1)
            {
                gate.Wait(Token);
            }

            return PolicyAndNicenessOfThread();
        }
    }

    [Fact]
    public async Task Run_MoreThanTheQueueHolds_IsRefusedAndTheRestIsDone()
    {
        await using var pool = new HashingPool(1, 2);
        using var begun = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var first = pool.RunAsync(() => { begun.Set(); gate.Wait(Token); return 0; }, Token);
        begun.Wait(Token);
        Task<int>[] waiting = [pool.RunAsync(() => 1, Token), pool.RunAsync(() => 2, Token)];

        Assert.Equal(2, pool.Waiting);
        await Assert.ThrowsAsync<HashingBusyException>(() => pool.RunAsync(() => 3, Token));
        gate.Set();
        Assert.Equal((int[])[0, 1, 2], await Task.WhenAll([first, .. waiting]));
    }

    [Fact]
    public async Task Run_Full_LooksNothingUp()
    {
        await using var pool = new HashingPool(1, 1);
        var found = new TaskCompletionSource<Func<int>>();
        Task<int>[] admitted = [pool.RunAsync(() => found.Task, Token), pool.RunAsync(() => found.Task, Token)];
        var lookedUp = false;

        await Assert.ThrowsAsync<HashingBusyException>(() => pool.RunAsync(
            () =>
            {
                lookedUp = true;
                return found.Task;
            },
            Token));
        found.SetResult(() => 7);

        Assert.Equal((int[])[7, 7], await Task.WhenAll(admitted));
        Assert.False(lookedUp);
        Assert.Equal(8, await pool.RunAsync(() => 8, Token));
    }

    [Fact]
    public async Task Run_CallerGoneWhileWaiting_IsNotBegun()
    {
        await using var pool = new HashingPool(1, 2);
        using var gone = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var begun = false;
        var first = pool.RunAsync(() => { gate.Wait(Token); return 0; }, Token);
        var second = pool.RunAsync(() => begun = true, gone.Token);
        await gone.CancelAsync();
        gate.Set();

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(begun);
    }

    [Fact]
    public async Task Run_WorkThatThrows_FailsItsCallerOnly()
    {
        await using var pool = new HashingPool(1, 2);

        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.RunAsync(int () => throw new InvalidOperationException(), Token));
        Assert.Equal(1, await pool.RunAsync(() => 1, Token));
    }

    [Fact]
    public async Task Dispose_WhatWaits_IsStillDone()
    {
        var pool = new HashingPool(1, 8);
        var results = Enumerable.Range(0, 5).Select(i => pool.RunAsync(() => i, Token)).ToArray();
        await pool.DisposeAsync();

        Assert.Equal((int[])[0, 1, 2, 3, 4], await Task.WhenAll(results));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.RunAsync(() => 1, Token));
    }

    private static (string Policy, string Niceness) PolicyAndNicenessOfThread() => (PolicyOfThread(), Field(19));

    private static string PolicyOfThread() => Field(41);

    // Of proc_pid_stat(5); the second field is a name in brackets, which may hold spaces.
    private static string Field(int number) => File.ReadAllText("/proc/thread-self/stat").Split(')')[^1].Split(' ')[number - 2];
}
