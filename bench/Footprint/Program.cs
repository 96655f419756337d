// Size, start and memory of every published executable beside a bare Kestrel program, all in one run.
// Usage: Footprint <artifacts folder> [rounds, 15 by default], or Footprint sizes <folder with the compiler's map>
using System.Globalization;
using PyAirtable.Bench.Footprint;

if (args is ["sizes", var native])
{
    Sizes.Write(native);
    return 0;
}
var artifacts = Path.GetFullPath(args[0]);
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 15;
var candidates = Candidate.All(artifacts).Where(candidate => File.Exists(candidate.Executable)).ToList();
var data = candidates.ToDictionary(candidate => candidate.Name, _ => Directory.CreateTempSubdirectory("footprint-").FullName);
var runs = candidates.ToDictionary(candidate => candidate.Name, _ => new List<Run>());

// The first start makes the database and is not counted; then the candidates take turns, so that noise falls on all alike.
for (var round = 0; round <= rounds; round++)
{
    foreach (var candidate in candidates)
    {
        var run = Run.Measure(candidate, data[candidate.Name]);
        if (round > 0)
        {
            runs[candidate.Name].Add(run);
        }
    }
}

Console.WriteLine($"{rounds} starts each, interleaved; start = exec to the first 200, in ms; memory in MB after the first 200");
Console.WriteLine($"{"program",-13} {"bytes",11} {"start median",13} {"p95",7} {"goal",6} {"resident",9} {"private",8} {"goal",5}");
var missed = false;
foreach (var candidate in candidates)
{
    var starts = runs[candidate.Name].Select(run => run.StartMilliseconds).Order().ToList();
    var (median, p95) = (starts[starts.Count / 2], starts[(int)(starts.Count * 0.95)]);
    var resident = runs[candidate.Name].Select(run => run.ResidentMegabytes).Order().ElementAt(rounds / 2);
    var anonymous = runs[candidate.Name].Select(run => run.PrivateMegabytes).Order().ElementAt(rounds / 2);
    var late = candidate.MaxStart > 0 && median > candidate.MaxStart;
    var large = candidate.MaxResident > 0 && resident > candidate.MaxResident;
    missed |= late || large;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{candidate.Name,-13} {new FileInfo(candidate.Executable).Length,11} {median,13:0.0} {p95,7:0.0} {Goal(candidate.MaxStart, late),6} {resident,9:0.0} {anonymous,8:0.0} {Goal(candidate.MaxResident, large),5}"));
    Directory.Delete(data[candidate.Name], recursive: true);
}
return missed ? 1 : 0;

static string Goal(double goal, bool missed) => goal == 0 ? "" : $"{(missed ? ">" : "≤")}{goal:0}";
