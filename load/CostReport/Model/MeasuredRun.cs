namespace PyAirtable.Cost.Model;

/// <summary>What programs were measured to need.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Programs">By name.</param>
internal sealed record MeasuredRun(string Machine, Dictionary<string, ProgramFigures> Programs)
{
    /// <summary>The figures of a program.</summary>
    /// <exception cref="InputException">It was not measured.</exception>
    public ProgramFigures Of(string program) => Programs.TryGetValue(program, out var figures) ? figures : throw new InputException($"the measured run has no program \"{program}\"");
}
