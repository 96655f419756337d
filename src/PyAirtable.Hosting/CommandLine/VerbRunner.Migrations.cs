using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.CommandLine;

/// <summary>The verbs that look at the database without changing it.</summary>
internal sealed partial class VerbRunner
{
    private Task<int> PlanMigrationsAsync() => LookAsync(async modules =>
    {
        var count = 0;
        foreach (var module in modules)
        {
            foreach (var migration in await module.PlanMigrationsAsync(CancellationToken.None))
            {
                await Output.WriteLineAsync($"-- {migration.Step}\n{migration.Sql.TrimEnd()}\n");
                count++;
            }
        }
        await Output.WriteLineAsync(count == 0 ? "-- the database is up to date" : $"-- {count} migrations would be applied");
        return 0;
    });

    private Task<int> CheckMigrationsAsync() => LookAsync(async modules =>
    {
        var faults = 0;
        foreach (var module in modules)
        {
            foreach (var fault in await module.CheckMigrationsAsync(CancellationToken.None))
            {
                await Output.WriteLineAsync($"{module.Name}: {fault}");
                faults++;
            }
        }
        if (faults == 0)
        {
            await Output.WriteLineAsync("the database is as expected");
        }
        return faults == 0 ? 0 : Failed;
    });

    private async Task<int> LookAsync(Func<IReadOnlyList<IServiceModule>, Task<int>> look)
    {
        if (await LoadAsync() is not { } settings)
        {
            return Misused;
        }
        try
        {
            await using var process = Begin(settings.Process, Stream.Null);
            return await look(settings.BuildModules(process));
        }
        catch (Exception e)
        {
            await Errors.WriteLineAsync($"{_executable.Name}: {UrlMask.Apply(e.Message)}");
            return Failed;
        }
    }
}
