using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PyAirtable.Bench.Peers;

/// <summary>A running server, pinned to a core, with what /proc says of it and the processes below it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const double MicrosecondsPerTick = 10_000; // USER_HZ is 100 on Linux, whatever the kernel's own tick.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private ServerProcess(string name, int port, Process process) => (Name, Port, _process) = (name, port, process);

    /// <summary>Its name in tables.</summary>
    public string Name { get; }

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>User and system time of all its threads so far, ended ones too, in microseconds.</summary>
    public double CpuMicroseconds => Tree(_process.Id).Sum(pid => Stat(pid).Skip(11).Take(2).Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture))) * MicrosecondsPerTick;

    /// <summary>Resident memory now, in MB of 2^20 bytes.</summary>
    public double ResidentMegabytes => Tree(_process.Id).Sum(pid => Kilobytes(pid, "VmRSS:")) / 1024;

    /// <summary>Highest resident memory so far, in MB of 2^20 bytes.</summary>
    public double PeakMegabytes => Tree(_process.Id).Sum(pid => Kilobytes(pid, "VmHWM:")) / 1024;

    /// <summary>Starts a server and returns once it takes connections.</summary>
    /// <param name="name">Its name in tables and of its log.</param>
    /// <param name="port">Where it will listen.</param>
    /// <param name="command">Executable and arguments.</param>
    /// <param name="environment">Settings beside those of this process.</param>
    /// <param name="core">The core that it may use.</param>
    /// <param name="folder">Its working directory and the place of its log.</param>
    /// <param name="keepsOutput">False drops standard output; what it says on standard error is kept in any case.</param>
    /// <exception cref="InvalidOperationException">It ended, or did not listen within 20 seconds.</exception>
    public static ServerProcess Start(string name, int port, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, int core, string folder, bool keepsOutput = true)
    {
        var log = Path.Combine(folder, name.Replace(' ', '-') + ".log");
        // The shell is replaced by taskset and that by the server, so the process that was started is the server.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder };
        string[] arguments = ["-c", "out=$1 log=$2 core=$3; shift 3; exec taskset -c \"$core\" \"$@\" >\"$out\" 2>>\"$log\"", "sh", keepsOutput ? log : "/dev/null", log, core.ToString(CultureInfo.InvariantCulture), .. command];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }
        var server = new ServerProcess(name, port, Process.Start(start)!);
        try
        {
            server.WaitUntilListening(log);
        }
        catch
        {
            server.Dispose();
            throw;
        }
        return server;
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Ends it and the processes below it.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private void WaitUntilListening(string log)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Connect(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (!_process.HasExited && Stopwatch.GetElapsedTime(began) < StartLimit)
            {
                _process.WaitForExit(1);
            }
            catch (SocketException)
            {
                throw new InvalidOperationException($"{Name} does not listen: {(File.Exists(log) ? File.ReadAllText(log).Trim() : "no output")}");
            }
        }
    }

    private static IEnumerable<int> Tree(int pid) =>
        File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(child => Tree(int.Parse(child, CultureInfo.InvariantCulture))).Prepend(pid);

    // The fields after the command, which may have spaces in it and is in parentheses: field 3 of proc_pid_stat(5) is the first here.
    private static string[] Stat(int pid)
    {
        var text = File.ReadAllText($"/proc/{pid}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static double Kilobytes(int pid, string field) => double.Parse(
        File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture);
}
