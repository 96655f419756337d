using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PyAirtable.Bench.Goals;
using PyAirtable.Bench.Platform;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Automation;

/// <summary>
/// Uploads of 1 MiB over kept-alive connections, by turns with the same bytes hashed by <c>sha256sum</c> and written by
/// <c>dd conv=fsync</c>, a file each, and with nothing but hashing and writing them; then what one upload of 100 MB takes of memory.
/// </summary>
/// <remarks>Files stay until the end, 0.75 GiB of each round: a file system without a journal looks long for a place for a new file where others
/// were removed a moment ago.</remarks>
internal static class UploadsBench
{
    private const int FileBytes = 1 << 20;
    private const int LargeBytes = 100 << 20;
    private const int Files = 16;
    private const int Clients = 4;
    private const int UploadsPerRound = 256;
    private const double LeastShare = 0.6;
    private const double MostMegabytes = 16;

    // CPU of an upload to the Python service, measured on the same kind of machine before it was replaced; the plan promised 20 times less.
    private const double PythonMilliseconds = 8.0;
    private const double TimesPython = 20;

    /// <summary>So many rounds; 1 if a goal is missed.</summary>
    public static async Task<int> RunAsync(int rounds)
    {
        var report = new BenchReport("uploads");
        var folder = Directory.CreateTempSubdirectory("automation-uploads-").FullName;
        await CompareAsync(folder, rounds, report);
        await MeasureMemoryAsync(folder, report);
        Directory.Delete(folder, recursive: true);
        return report.Finish();
    }

    private static async Task CompareAsync(string folder, int rounds, BenchReport report)
    {
        var contents = Enumerable.Range(0, Files).Select(static _ => RandomNumberGenerator.GetBytes(FileBytes)).ToList();
        var requests = contents.Select(Request).ToList();
        var files = Path.Combine(folder, "files");
        Directory.CreateDirectory(files);
        for (var i = 0; i < Files; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(files, i.ToString(CultureInfo.InvariantCulture)), contents[i]);
        }

        var uploads = Path.Combine(folder, "uploads");
        await using var automation = await AutomationProcess.StartAsync("", ("UPLOAD_DIRECTORY", uploads));
        await UploadAsync(automation.Port, requests, Files);
        List<double> ours = [], tools = [], ratios = [], processor = [], hash = [], write = [];
        for (var i = 0; i < rounds; i++)
        {
            var before = ProcessFigures.CpuMicroseconds(automation.Id);
            ours.Add(UploadsPerRound / await UploadAsync(automation.Port, requests, UploadsPerRound));
            processor.Add((ProcessFigures.CpuMicroseconds(automation.Id) - before) / UploadsPerRound / 1000);
            tools.Add(UploadsPerRound / await RunToolsAsync(files, Path.Combine(folder, $"written-{i}")));
            ratios.Add(ours[i] / tools[i]);
            hash.Add(Milliseconds(content => SHA256.HashData(content), contents));
            write.Add(WriteMilliseconds(contents, Path.Combine(folder, $"alone-{i}")));
        }
        var (each, hashed, written) = (Quantile.Median(processor), Quantile.Median(hash), Quantile.Median(write));
        report.AtLeast("uploads of 1 MiB a second", Quantile.Median(ours), "/s", Quantile.Median(tools), "sha256sum and dd conv=fsync", LeastShare, Quantile.Median(ratios));
        report.AtLeast("uploads of 1 MiB per CPU-second", 1000 / each, "/s", 1000 / PythonMilliseconds, "the Python service", TimesPython);
        report.Add("CPU of an upload of 1 MiB", each, "ms");
        report.Add("CPU of its hash alone", hashed, "ms");
        report.Add("CPU of its bytes written and synced alone", written, "ms");
        report.Add("times the Python service's that these two alone allow", PythonMilliseconds / (hashed + written), "");
    }

    private static async Task MeasureMemoryAsync(string folder, BenchReport report)
    {
        await using var automation = await AutomationProcess.StartAsync("", ("UPLOAD_DIRECTORY", Path.Combine(folder, "large")));
        var request = Request(RandomNumberGenerator.GetBytes(LargeBytes));
        var before = ProcessFigures.ResidentMegabytes(automation.Id);
        var seconds = await UploadAsync(automation.Port, [request], 1);
        var peak = ProcessFigures.PeakMegabytes(automation.Id);
        report.Add("time of an upload of 100 MB", seconds, "s");
        report.AtMost("memory more than before during an upload of 100 MB, highest", peak - before, "MB", MostMegabytes);
    }

    // Seconds until all are acknowledged.
    private static async Task<double> UploadAsync(int port, List<byte[]> requests, int count)
    {
        var next = 0;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Clients, count)).Select(_ => Task.Run(async () =>
        {
            using var connection = new RawHttpConnection();
            await connection.ConnectAsync(port);
            while (Interlocked.Increment(ref next) - 1 is var number && number < count)
            {
                if (await connection.SendAsync(requests[number % requests.Count]) is not { Status: 200 } and var answer)
                {
                    throw new IOException($"an upload failed: {answer}");
                }
            }
        })));
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    // Seconds until as many files are hashed and on disk.
    private static async Task<double> RunToolsAsync(string files, string written)
    {
        Directory.CreateDirectory(written);
        const string Script = """
            turn=0
            while [ $turn -lt $3 ]; do
              sha256sum "$1"/* > "$2/sums"
              for file in "$1"/*; do dd if="$file" of="$2/${file##*/}-$turn" bs=1M conv=fsync status=none; done
              turn=$((turn + 1))
            done
            """;
        var began = Stopwatch.GetTimestamp();
        using (var shell = Process.Start("sh", ["-c", Script, "sh", files, written, (UploadsPerRound / Files).ToString(CultureInfo.InvariantCulture)]))
        {
            await shell.WaitForExitAsync();
        }
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double WriteMilliseconds(List<byte[]> contents, string folder)
    {
        Directory.CreateDirectory(folder);
        var number = 0;
        return Milliseconds(content =>
        {
            using var file = new FileStream(Path.Combine(folder, number++.ToString(CultureInfo.InvariantCulture)), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }, contents);
    }

    // CPU of each, over as many as are uploaded in a round.
    private static double Milliseconds(Action<byte[]> work, List<byte[]> contents)
    {
        var before = ProcessFigures.CpuMicroseconds(Environment.ProcessId);
        for (var i = 0; i < UploadsPerRound; i++)
        {
            work(contents[i % contents.Count]);
        }
        return (ProcessFigures.CpuMicroseconds(Environment.ProcessId) - before) / UploadsPerRound / 1000;
    }

    /// <summary>The request that uploads a file of this content.</summary>
    public static byte[] Request(byte[] content)
    {
        var start = "--bench-boundary-0123456789abcdef\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n";
        var end = "\r\n--bench-boundary-0123456789abcdef--\r\n";
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /files/upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=bench-boundary-0123456789abcdef\r\nContent-Length: {start.Length + content.Length + end.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head + start), .. content, .. Encoding.ASCII.GetBytes(end)];
    }
}
