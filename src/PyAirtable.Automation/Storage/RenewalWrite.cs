namespace PyAirtable.Automation.Storage;

/// <summary>Lengthens leases. It goes with the other writes of the process, so that the two never wait for each other.</summary>
/// <param name="owner">The process.</param>
/// <param name="executions">Ids of the executions that it has leased.</param>
/// <param name="until">End of the leases.</param>
internal sealed class RenewalWrite(string owner, int[] executions, DateTime until) : ExecutionWrite
{
    public string Owner => owner;

    public int[] Executions => executions;

    public DateTime Until => until;
}
