using PyAirtable.Hosting.Errors;

namespace PyAirtable.Hosting.Requests;

/// <summary>Reads path parameters and collects their faults.</summary>
public static class PathFields
{
    /// <summary>An integer. The bounds are inclusive; a value beyond 64 bits counts as the nearest 64-bit one.</summary>
    /// <param name="errors">Where a fault goes; the result is 0 then.</param>
    /// <param name="name">Name of the parameter in the route's template.</param>
    /// <param name="text">Its value in the path, percent-decoded.</param>
    /// <param name="min">Least value.</param>
    /// <param name="max">Greatest value.</param>
    public static long RequiredInteger(ValidationErrors errors, string name, string text, long min = -int.MaxValue, long max = int.MaxValue) =>
        IntegerRules.Read(text, min, max, Location.Path, name, errors) ?? 0;
}
