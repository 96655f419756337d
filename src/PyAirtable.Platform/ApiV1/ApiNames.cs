using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.ApiV1;

/// <summary>First and last names under <c>/api/v1</c>: an empty one is none (platform contract 8.3).</summary>
internal static class ApiNames
{
    /// <summary>What is wrong with two names, for the client; null if nothing is. Characters are code points.</summary>
    public static string? FaultOf(string firstName, string lastName) => FaultOfOne("first_name", firstName) ?? FaultOfOne("last_name", lastName);

    /// <summary>A name as the table has it.</summary>
    public static string? OrNull(string name) => name.Length == 0 ? null : name;

    /// <summary>What a name in an update means.</summary>
    public static NameChange ChangeTo(string name) => name.Length == 0 ? NameChange.None : NameChange.To(name);

    private static string? FaultOfOne(string member, string name) =>
        name.EnumerateRunes().Count() > Registration.MaxNameLength ? $"{member} must be at most {Registration.MaxNameLength} characters" : null;
}
