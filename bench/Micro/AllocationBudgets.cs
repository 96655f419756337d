using System.Reflection;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Micro;

/// <summary>
/// What each benchmark allocates on its thread, against <c>allocatedBytesPerOperation</c> of the budgets: called a few times without
/// BenchmarkDotNet, since that is the same each time. A benchmark without a budget fails, and so does a budget without a benchmark.
/// </summary>
internal static class AllocationBudgets
{
    private const int Rounds = 5;
    private const int Calls = 16;

    private static readonly MethodInfo Least = typeof(AllocationBudgets).GetMethod(nameof(LeastBytesOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>1 if one is exceeded or does not fit.</summary>
    /// <param name="file">The budgets.</param>
    public static int Check(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var budgets = document.RootElement.GetProperty("allocatedBytesPerOperation").EnumerateObject().ToDictionary(static budget => budget.Name, static budget => budget.Value.GetDouble());
        var report = new BenchReport("budgets");
        foreach (var (name, bytes) in typeof(AllocationBudgets).Assembly.GetTypes().SelectMany(Measure).OrderBy(static one => one.Name, StringComparer.Ordinal))
        {
            report.AtMost($"allocated by {name}", bytes, "bytes", budgets.Remove(name, out var budget) ? budget : double.NaN, "budget");
        }

        report.None("budgets without a benchmark", budgets.Count);
        return report.Finish();
    }

    private static List<(string Name, double Bytes)> Measure(Type type)
    {
        List<(string Name, double Bytes)> found = [];
        foreach (var method in type.GetMethods())
        {
            if (method.GetCustomAttribute<BenchmarkAttribute>() is { } benchmark)
            {
                var instance = Activator.CreateInstance(type)!;
                var bytes = method.ReturnType == typeof(void)
                    ? LeastBytes(method.CreateDelegate<Action>(instance))
                    : (double)Least.MakeGenericMethod(method.ReturnType).Invoke(null, [method.CreateDelegate(typeof(Func<>).MakeGenericType(method.ReturnType), instance)])!;
                found.Add(($"{type.Name}.{method.Name}", Math.Round(bytes / benchmark.OperationsPerInvoke)));
                (instance as IDisposable)?.Dispose();
            }
        }

        return found;
    }

    private static double LeastBytesOf<T>(Func<T> call) => LeastBytes(() => call());

    // Of several rounds, since the first ones take what is needed once.
    private static double LeastBytes(Action call)
    {
        var least = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Calls; i++)
            {
                call();
            }

            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls);
        }

        return least;
    }
}
