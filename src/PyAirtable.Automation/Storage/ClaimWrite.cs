using System.Data.Common;
using PyAirtable.Automation.Workflows;

namespace PyAirtable.Automation.Storage;

/// <summary>Asks for pending executions of some workflows, the oldest of each first.</summary>
/// <param name="owner">Who claims.</param>
/// <param name="workflows">Ids of workflows that have some.</param>
/// <param name="quota">How many of a workflow may be claimed, asked when it comes to it.</param>
/// <param name="most">How many may be claimed in all, asked likewise.</param>
/// <param name="now">When.</param>
/// <param name="until">End of the leases.</param>
internal sealed class ClaimWrite(string owner, int[] workflows, Func<int, int> quota, Func<int> most, DateTime now, DateTime until) : ExecutionWrite
{
    public string Owner => owner;

    public int[] Workflows => workflows;

    public DateTime Now => now;

    public DateTime Until => until;

    /// <summary>What was claimed, in the order in which it is to be run.</summary>
    public List<ExecutionJob> Jobs { get; } = [];

    /// <summary>Configurations of the workflows, by id.</summary>
    public Dictionary<int, string> Configs { get; } = [];

    /// <summary>Whether there may be more: a workflow had as many as it was asked for.</summary>
    public bool MayHaveMore { get; private set; }

    /// <summary>The last workflow that had a share; the next look begins behind it.</summary>
    public int LastShared { get; private set; }

    /// <summary>Shares what may be claimed evenly among workflows that are free to be run here.</summary>
    public (int[] Workflows, int[] Quotas) Share(IReadOnlyCollection<int> free)
    {
        Jobs.Clear();
        var (ids, quotas, left, rest) = (new List<int>(), new List<int>(), most(), free.Count);
        foreach (var id in free)
        {
            var share = Math.Min(quota(id), (left + rest - 1) / rest);
            rest--;
            if (share > 0)
            {
                ids.Add(id);
                quotas.Add(share);
                left -= share;
                LastShared = id;
            }
        }
        return ([.. ids], [.. quotas]);
    }

    /// <summary>A claimed row: id, workflow, claim, trigger data, file, and when it was made.</summary>
    public static ExecutionJob ReadJob(DbDataReader row) => new()
    {
        Id = row.GetInt32(0),
        WorkflowId = row.GetInt32(1),
        Claim = row.GetInt32(2),
        TriggerData = row.GetString(3),
        TriggeredFileId = row.IsDBNull(4) ? null : row.GetInt32(4),
        CreatedAt = row.GetDateTime(5),
    };

    /// <summary>Takes note of what was claimed.</summary>
    public void Take(List<ExecutionJob> jobs, int[] workflows, int[] quotas)
    {
        Jobs.AddRange(jobs.OrderBy(static job => job.Id));
        var counts = jobs.CountBy(static job => job.WorkflowId).ToDictionary();
        MayHaveMore = workflows.Length < Workflows.Length || workflows.Index().Any(asked => counts.GetValueOrDefault(asked.Item) >= quotas[asked.Index]);
    }
}
