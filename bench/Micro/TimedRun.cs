using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.NativeAot;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Micro;

/// <summary>Runs benchmarks as BenchmarkDotNet is told to, and reports means and bytes.</summary>
internal static class TimedRun
{
    private const string Native = "--native";
    private const double TokensPerSecond = 50_000;

    // On a noisy machine BenchmarkDotNet goes on up to 50 and 100 of them, which says little more.
    private const int MostWarmups = 10;
    private const int MostIterations = 20;

    // Native code of all three services and of BenchmarkDotNet takes minutes, beside other work many.
    private static readonly TimeSpan BuildLimit = TimeSpan.FromHours(1);

    // BenchmarkDotNet itself has warnings of the trimmer, and the services are programs.
    private static readonly MsBuildArgument[] Arguments = [new("/p:LockFilesApart=true"), new("/p:TreatWarningsAsErrors=false"), new("/p:ValidateExecutableReferencesMatchSelfContained=false")];

    private static readonly Dictionary<string, string> Tokens = new()
    {
        ["TokenBenchmarks.Issue"] = "tokens issued a second on one core",
        ["TokenBenchmarks.Verify"] = "tokens verified a second on one core",
    };

    /// <summary>1 if a goal is missed or a benchmark failed.</summary>
    public static int Run(string[] arguments)
    {
        var report = new BenchReport("micro");
        var job = Job.Default.WithMaxWarmupCount(MostWarmups).WithMaxIterationCount(MostIterations);
        if (arguments.Contains(Native))
        {
            job = job.WithToolchain(NativeToolchain()).WithArguments(Arguments);
        }
        // As the default, so that options such as --iterationCount are about it instead of adding another job.
        var config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(BuildLimit).AddJob(job.AsDefault());

        List<BenchmarkReport> found = [.. BenchmarkSwitcher.FromAssembly(typeof(TimedRun).Assembly).Run([.. arguments.Where(static argument => argument != Native)], config).SelectMany(static summary => summary.Reports)];
        foreach (var one in found)
        {
            var (name, nanoseconds) = ($"{one.BenchmarkCase.Descriptor.Type.Name}.{one.BenchmarkCase.Descriptor.WorkloadMethod.Name}", one.ResultStatistics?.Mean ?? double.NaN);
            if (Tokens.TryGetValue(name, out var goal))
            {
                report.AtLeast(goal, 1e9 / nanoseconds, "/s", TokensPerSecond);
            }

            report.Add(name, $"{new Quantity(nanoseconds, "ns")}, {new Quantity(one.GcStats.GetBytesAllocatedPerOperation(one.BenchmarkCase) ?? double.NaN, "bytes")}");
        }

        report.AtLeast("benchmarks that ran", found.Count(static one => one.Success), "", Math.Max(1, found.Count));
        return report.Finish();
    }

    // The compiler's package is the one that publishing took into the local folder of packages; no other source is asked.
    private static IToolchain NativeToolchain() => NativeAotToolchain.CreateBuilder()
        .UseNuGet(Environment.Version.ToString(), Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"))
        .TargetFrameworkMoniker("net10.0")
        .DisplayName("native")
        .ToToolchain();
}
