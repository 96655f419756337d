using System.Diagnostics;
using System.Runtime.InteropServices;
using PyAirtable.Bench.Goals;
using PyAirtable.Platform.Passwords;

namespace PyAirtable.Bench.Platform;

/// <summary>bcrypt beside the C library's: the same hashes, and the time of one.</summary>
internal static partial class PasswordBench
{
    private const int Cost = 12;
    private const double Allowance = 1.1;

    private static readonly string[] Passwords = ["", "a", "correct horse", "pässwörd Ω", new string('x', 72), "\u0001\u007f"];
    private static readonly byte[] Salt = [.. Enumerable.Range(100, BcryptHash.SaltBytes).Select(i => (byte)(37 * i))];
    private static readonly string Setting = new BcryptHash(Cost, Salt, new byte[BcryptHash.DigestBytes]).ToString();

    /// <summary>1 if a hash differs or the best of ours takes over a tenth longer than the best of theirs.</summary>
    public static int Run(int turns)
    {
        var report = new BenchReport("passwords");
        report.None("hashes that differ from the C library's", Passwords.Count(password => Ours(password) != Theirs(password)));
        var (ours, theirs) = (double.MaxValue, double.MaxValue);
        for (var i = 0; i < turns; i++)
        {
            ours = Math.Min(ours, Time(Ours));
            theirs = Math.Min(theirs, Time(Theirs));
        }

        report.AtMost($"bcrypt of cost {Cost}, the best of {turns}", ours, "ms", theirs, "the C library", Allowance);
        return report.Finish();
    }

    private static string Ours(string password) => Bcrypt.Hash(password, Cost, Salt);

    private static string? Theirs(string password) => Marshal.PtrToStringUTF8(Crypt(password, Setting));

    private static double Time(Func<string, string?> hash)
    {
        var began = Stopwatch.GetTimestamp();
        hash(Passwords[2]);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    [LibraryImport("libcrypt.so.1", EntryPoint = "crypt", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Crypt(string password, string setting);
}
