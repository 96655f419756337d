namespace PyAirtable.Load.Loop;

/// <summary>Something with a socket on the loop.</summary>
internal interface ILoopSocket
{
    /// <summary>The kernel has news, as the bits of epoll_ctl(2).</summary>
    void OnNews(int news);
}
