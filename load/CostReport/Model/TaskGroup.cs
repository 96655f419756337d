namespace PyAirtable.Cost.Model;

/// <summary>Equal tasks behind one name.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Program">Name of the figures in the measured run.</param>
/// <param name="Serves">The services of the load profile that they are.</param>
/// <param name="AtLeast">A size that they are not made smaller than; nothing where the figures decide.</param>
internal sealed record TaskGroup(string Name, string Program, string[] Serves, TaskSize AtLeast = default);
