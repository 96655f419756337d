namespace PyAirtable.Hosting.Metrics;

/// <summary>Room on the file system that a folder is on, in bytes, read at scrape; NaN as long as there is no such folder.</summary>
public static class DiskSpace
{
    /// <summary>Adds both gauges of a folder under a name of its own, such as <c>data</c>.</summary>
    public static void AddDiskSpace(this ServiceMetrics metrics, string folder, string path)
    {
        metrics.AddGauge("pyairtable_disk_free_bytes", "Bytes that may still be written where the folder is.", ("folder", folder), () => new DriveInfo(path).AvailableFreeSpace);
        metrics.AddGauge("pyairtable_disk_size_bytes", "Size of the file system where the folder is.", ("folder", folder), () => new DriveInfo(path).TotalSize);
    }
}
