using System.Diagnostics;

namespace PyAirtable.Testing;

/// <summary>Finds PostgreSQL's programs, and the user who may run them: the server refuses to run as root.</summary>
internal static class PostgresBinaries
{
    /// <summary>The folder that holds <c>initdb</c> and <c>postgres</c>.</summary>
    public static string Find()
    {
        const string Debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0).Select(folder => Path.Combine(folder, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return installed.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            ?? throw new InvalidOperationException("These tests run a real PostgreSQL: install it with apt-get install postgresql");
    }

    /// <summary>Starts a shell script, as another user when this one is root.</summary>
    public static Process RunAsServerUser(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid", ServerUser(), "--regid", GroupOf(ServerUser()), "--clear-groups", "/bin/sh", "-c", script, "sh"]
            : ["/bin/sh", "-c", script, "sh"];
        start.FileName = command[0];
        foreach (var argument in command[1..].Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static string ServerUser() => Account("postgres") is not null ? "postgres" : "nobody";

    private static string GroupOf(string user) => Account(user)?[3] ?? throw new InvalidOperationException($"There is no user {user} to run PostgreSQL as");

    private static string[]? Account(string user) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == user);
}
