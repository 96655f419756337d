namespace PyAirtable.Hosting.Tests.Security;

/// <summary>A clock that stands where it is put.</summary>
internal sealed class SetTime(long unixSeconds) : TimeProvider
{
    internal long Now { get; set; } = unixSeconds;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Now);
}
