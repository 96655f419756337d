using System.Globalization;
using PyAirtable.Load.Http;

namespace PyAirtable.Load.Scenarios;

/// <summary>How a step ended.</summary>
/// <param name="IsError">Whether it failed.</param>
/// <param name="Reason">Why it failed: few and short texts, they are counted.</param>
/// <param name="SizeBytes">Bytes of the answer's body.</param>
internal readonly record struct Response(bool IsError, string Reason, int SizeBytes)
{
    /// <summary>It did what it should.</summary>
    public static Response Ok(int sizeBytes = 0) => new(false, "", sizeBytes);

    /// <summary>It failed.</summary>
    public static Response Fail(string reason) => new(true, reason, 0);

    /// <summary>Good with status 200, else a failure that names the status.</summary>
    public static Response Of(HttpAnswer answer) => answer.Status switch
    {
        200 => Ok(answer.Body.Length),
        0 => Fail(answer.Failure!),
        _ => Fail("status " + answer.Status.ToString(CultureInfo.InvariantCulture)),
    };
}
