using System.Globalization;
using Prometheus;
using PyAirtable.Hosting.CommandLine;

namespace PyAirtable.Hosting.Metrics;

/// <summary>Memory, processor, garbage collector and thread pool of the process. Names are the Prometheus clients' usual ones.</summary>
internal sealed class ProcessMetrics
{
    private readonly Gauge _build;
    private readonly Gauge _residentMemory;
    private readonly Counter _cpuSeconds;
    private readonly Gauge _openFiles;
    private readonly Gauge _maxOpenFiles;
    private readonly Gauge _heapBytes;
    private readonly Counter.Child[] _collections = new Counter.Child[GC.MaxGeneration + 1];
    private readonly Counter _pauseSeconds;
    private readonly Gauge _threads;
    private readonly Gauge _queueLength;
    private readonly Counter _completedItems;

    public ProcessMetrics(IMetricFactory factory, DateTimeOffset started)
    {
        _build = factory.CreateGauge("pyairtable_build_info", "Always 1; the label says which build runs.", ["version"]);
        factory.CreateGauge("process_start_time_seconds", "Start of the process, in seconds since 1970.").Set(started.ToUnixTimeMilliseconds() / 1000.0);
        _residentMemory = factory.CreateGauge("process_resident_memory_bytes", "Memory of the process that is in RAM.");
        _cpuSeconds = factory.CreateCounter("process_cpu_seconds_total", "Processor time of the process, user and system.");
        _openFiles = factory.CreateGauge("process_open_fds", "Open file descriptors.");
        _maxOpenFiles = factory.CreateGauge("process_max_fds", "File descriptors that may be open at once.");
        _heapBytes = factory.CreateGauge("dotnet_gc_heap_bytes", "Bytes in the managed heap.");
        var collections = factory.CreateCounter("dotnet_collection_count_total", "Garbage collections.", ["generation"]);
        for (var generation = 0; generation < _collections.Length; generation++)
        {
            _collections[generation] = collections.WithLabels(generation.ToString(CultureInfo.InvariantCulture));
        }

        _pauseSeconds = factory.CreateCounter("dotnet_gc_pause_seconds_total", "Time that garbage collections held the process.");
        _threads = factory.CreateGauge("dotnet_threadpool_threads", "Threads of the pool.");
        _queueLength = factory.CreateGauge("dotnet_threadpool_queue_length", "Work items that wait for a thread.");
        _completedItems = factory.CreateCounter("dotnet_threadpool_completed_items_total", "Work items that were done.");
    }

    /// <summary>Reads everything once.</summary>
    public void Sample()
    {
        // Here and not above: the version is an attribute, which a start need not read.
        _build.WithLabels(Executable.Version).Set(1);
        _residentMemory.Set(Procfs.ResidentBytes());
        _openFiles.Set(Procfs.OpenFiles());
        _maxOpenFiles.Set(Procfs.MaxOpenFiles());
        _cpuSeconds.IncTo(Environment.CpuUsage.TotalTime.TotalSeconds);
        _heapBytes.Set(GC.GetTotalMemory(forceFullCollection: false));
        for (var generation = 0; generation < _collections.Length; generation++)
        {
            _collections[generation].IncTo(GC.CollectionCount(generation));
        }

        _pauseSeconds.IncTo(GC.GetTotalPauseDuration().TotalSeconds);
        _threads.Set(ThreadPool.ThreadCount);
        _queueLength.Set(ThreadPool.PendingWorkItemCount);
        _completedItems.IncTo(ThreadPool.CompletedWorkItemCount);
    }
}
