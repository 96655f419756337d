using PyAirtable.Deploy.Tests.Monitoring;

[assembly: AssemblyFixture(typeof(RunningServices))]
