namespace PyAirtable.Automation.Jobs;

/// <summary>A job was taken away: its lease ran out, or its row is gone. Nothing more may be written for it.</summary>
internal sealed class LeaseLostException() : Exception("The lease of this job is lost");
