using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Lifetime;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Hosting.Serving;

/// <summary>Serves the modules of one process from start to stop: migrate, listen, work, wait for a signal, drain, end.</summary>
/// <param name="process">What the modules share.</param>
/// <param name="modules">The services, in the order of start.</param>
/// <param name="announce">Called with each service's URL and the management port's once all answer.</param>
internal sealed partial class ServiceProcess(
    ProcessContext process,
    IReadOnlyList<IServiceModule> modules,
    Action<IReadOnlyDictionary<string, string>> announce)
{
    // Long enough for a client in mid-conversation to see "Connection: close" on its next answer, short beside any deadline.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromMilliseconds(100);

    // By then the workers have looked for work once.
    private static readonly TimeSpan StartPeriod = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = process.Log.CreateLogger("process");
    private readonly List<(string Name, Listener Listener)> _listeners = [];
    private readonly List<ServiceApplication> _applications = [];

    public async Task RunAsync(Task stopRequested)
    {
        process.Metrics.AddDiskSpace("data", process.Settings.DataDirectory);
        foreach (var module in modules)
        {
            await module.MigrateAsync(TextWriter.Null, CancellationToken.None);
        }
        await ListenAsync();
        var workers = modules.SelectMany(module => module.Workers).ToList();
        foreach (var worker in workers)
        {
            await worker.StartAsync(CancellationToken.None);
        }
        announce(_listeners.ToDictionary(entry => entry.Name, entry => entry.Listener.Url));
        if (await Task.WhenAny(stopRequested, Task.Delay(StartPeriod, process.Clock)) != stopRequested)
        {
            StartMemory.Release();
        }
        await stopRequested;
        await StopAsync(workers);
    }

    private async Task ListenAsync()
    {
        foreach (var module in modules)
        {
            var application = new ServiceApplication(process, module);
            process.Add(application);
            _applications.Add(application);
            var listener = new Listener(module.Listen, module.MaxRequestBodyBytes, process.Loops, process.Log, next => module.WrapConnections(application, next));
            await StartAsync(module.Name, listener, application);
        }
        var checks = modules.SelectMany(module => module.ReadinessChecks).DistinctBy(check => check.Name).ToList();
        await StartAsync("management", new Listener(process.Settings.Management, maxBodyBytes: 0, process.Loops, process.Log), new ManagementApplication(process, checks));
    }

    private async Task StartAsync<TContext>(string name, Listener listener, Microsoft.AspNetCore.Hosting.Server.IHttpApplication<TContext> application)
        where TContext : notnull
    {
        _listeners.Add((name, listener));
        await listener.StartAsync(application, CancellationToken.None);
        foreach (var url in listener.Urls)
        {
            LogListening(_log, name, url);
        }
    }

    private async Task StopAsync(List<IHostedService> workers)
    {
        var started = Stopwatch.GetTimestamp();
        var limit = process.Settings.ShutdownTimeout;
        LogStopping(_log, limit);
        using var deadline = new CancellationTokenSource(limit);
        process.Stop.Begin();
        var work = Task.WhenAll(workers.Select(worker => worker.StopAsync(deadline.Token)));
        await DrainAsync(deadline.Token);
        await Task.WhenAll(_listeners.Where(entry => entry.Name != "management").Select(entry => entry.Listener.StopAsync(deadline.Token)));
        await work;
        await _listeners[^1].Listener.StopAsync(deadline.Token);
        foreach (var (_, listener) in _listeners)
        {
            await listener.DisposeAsync();
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        LogStopped(_log, elapsed, deadline.IsCancellationRequested);
    }

    // A client that holds a connection and is about to send its next request must not meet a closed socket: as long as requests
    // come, they are answered with "Connection: close", and only quiet connections are closed by the listeners.
    // Measured as the deadline is, in real time, whatever clock the services have.
    private async Task DrainAsync(CancellationToken deadline)
    {
        var started = Stopwatch.GetTimestamp();
        var quietSince = started;
        while (Stopwatch.GetElapsedTime(started) < DrainLimit && Stopwatch.GetElapsedTime(quietSince) < QuietPeriod && !deadline.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            if (_applications.Exists(application => application.InFlight > 0))
            {
                quietSince = Stopwatch.GetTimestamp();
            }
        }
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "{Service} listens on {Url}")]
    private static partial void LogListening(ILogger logger, string service, string url);

    [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "stopping, at most {Limit} for what is in flight")]
    private static partial void LogStopping(ILogger logger, TimeSpan limit);

    [LoggerMessage(EventId = 12, Level = LogLevel.Information, Message = "stopped after {Elapsed}, deadline passed: {Cut}")]
    private static partial void LogStopped(ILogger logger, TimeSpan elapsed, bool cut);
}
