using PyAirtable.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]
