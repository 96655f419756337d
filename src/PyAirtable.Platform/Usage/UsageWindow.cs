using PyAirtable.Platform.Access;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Usage;

/// <summary>The days up to now, both ends included (platform contract 4.2).</summary>
/// <param name="Start">Its first moment.</param>
/// <param name="End">Its last moment: now.</param>
/// <param name="Days">Its length.</param>
internal sealed record UsageWindow(DateTime Start, DateTime End, int Days)
{
    /// <summary>Days that a client may ask for at most (D-16).</summary>
    public const int MaxDays = 36_500;

    /// <summary>Days where a client asks for none.</summary>
    public const int DefaultDays = 30;

    /// <summary>The window that ends now.</summary>
    public static UsageWindow UntilNow(TimeProvider clock, int days)
    {
        var now = clock.Now();
        return new(now.AddDays(-days), now, days);
    }
}
