using PyAirtable.Testing;

namespace PyAirtable.Load.Systems;

/// <summary>Starts servers whose log is not read here, where that would cost time.</summary>
internal static class ServerStart
{
    /// <summary>Starts one; it may not serve yet.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="command">Executable and arguments.</param>
    /// <param name="log">The file of its log.</param>
    public static ExecutableProcess Start(string folder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> command, string log = "/dev/null") =>
        // The shell is replaced by the server, so the process is the server.
        ExecutableProcess.Start("/bin/sh", folder, environment, ["-c", "log=$1; shift; exec \"$@\" >\"$log\"", "sh", log, .. command]);
}
