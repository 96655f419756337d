namespace PyAirtable.Hosting.Settings;

/// <summary>One mistake in the settings.</summary>
/// <param name="Name">The variable at fault.</param>
/// <param name="Fault">What is wrong with its value; quotes it only when it is no secret.</param>
/// <param name="Accepts">What it takes.</param>
public sealed record SettingError(string Name, string Fault, string Accepts)
{
    /// <summary>The mistake as one line.</summary>
    public override string ToString() => $"{Name}: {Fault}; takes {Accepts}";
}
