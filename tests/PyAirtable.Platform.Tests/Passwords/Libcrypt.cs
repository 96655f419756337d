using System.Runtime.InteropServices;

namespace PyAirtable.Platform.Tests.Passwords;

/// <summary>The C library's bcrypt, where it is installed: on Debian and its kin.</summary>
internal static partial class Libcrypt
{
    private const string Library = "libcrypt.so.1";

    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>Not to be called by two threads: the result stands in one buffer.</summary>
    public static string? Hash(string password, string setting) => Marshal.PtrToStringUTF8(Crypt(password, setting));

    [LibraryImport(Library, EntryPoint = "crypt", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Crypt(string password, string setting);
}
