using Microsoft.AspNetCore.Http;

namespace PyAirtable.Mcp.Protocol;

/// <summary>The stream on which a client hears of what it has not asked for: that the list of tools is another one. It has no buffer of its own.</summary>
internal sealed class SessionStream
{
    private static readonly byte[] ToolsChanged = """
        event: message
        data: {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}


        """u8.ToArray();

    private readonly Lock _gate = new();
    private TaskCompletionSource<bool> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The list of tools is another one.</summary>
    public void AnnounceTools() => Complete(goesOn: true);

    /// <summary>The session has ended.</summary>
    public void End() => Complete(goesOn: false);

    /// <summary>Sends what is announced, until the session or the client ends.</summary>
    public async Task RunAsync(HttpResponse response, CancellationToken aborted)
    {
        await response.Body.FlushAsync(aborted);
        while (await Next().WaitAsync(aborted))
        {
            Renew();
            await response.Body.WriteAsync(ToolsChanged, aborted);
            await response.Body.FlushAsync(aborted);
        }
    }

    // An end that came since stays.
    private void Renew()
    {
        lock (_gate)
        {
            if (_next.Task.Result)
            {
                _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private Task<bool> Next()
    {
        lock (_gate)
        {
            return _next.Task;
        }
    }

    private void Complete(bool goesOn)
    {
        lock (_gate)
        {
            if (!_next.TrySetResult(goesOn) && !goesOn)
            {
                _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _next.SetResult(false);
            }
        }
    }
}
