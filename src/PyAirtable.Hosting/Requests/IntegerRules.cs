using PyAirtable.Hosting.Errors;

namespace PyAirtable.Hosting.Requests;

/// <summary>Integers of the path and the query, which are always text.</summary>
internal static class IntegerRules
{
    internal static long? Read(string text, long min, long max, Location parent, string name, ValidationErrors errors)
    {
        if (!IntegerText.TryParse(text, out var number))
        {
            errors.Add(ValidationError.IntegerParsing(parent.Member(name), text));
        }
        else if (number < min)
        {
            errors.Add(ValidationError.TooSmall(parent.Member(name), text, min));
        }
        else if (number > max)
        {
            errors.Add(ValidationError.TooLarge(parent.Member(name), text, max));
        }
        else
        {
            return number;
        }

        return null;
    }
}
