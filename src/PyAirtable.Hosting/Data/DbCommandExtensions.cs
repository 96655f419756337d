using System.Data.Common;

namespace PyAirtable.Hosting.Data;

/// <summary>What every command written by hand needs.</summary>
public static class DbCommandExtensions
{
    /// <summary>Adds a parameter that is not null; a time as <see cref="DateTimeHandler"/> stores it.</summary>
    public static void Add(this DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        if (value is DateTime time)
        {
            DateTimeHandler.Assign(parameter, time);
        }
        else
        {
            parameter.Value = value;
        }

        command.Parameters.Add(parameter);
    }
}
