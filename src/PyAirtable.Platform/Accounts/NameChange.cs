namespace PyAirtable.Platform.Accounts;

/// <summary>What becomes of a first or last name.</summary>
/// <param name="Keeps">Whether it stays as it is.</param>
/// <param name="Name">The new one, where it does not; null takes it away.</param>
internal readonly record struct NameChange(bool Keeps, string? Name = null)
{
    /// <summary>No change.</summary>
    public static NameChange None { get; } = new(Keeps: true);

    /// <summary>Another name, or none.</summary>
    public static NameChange To(string? name) => new(Keeps: false, name);
}
