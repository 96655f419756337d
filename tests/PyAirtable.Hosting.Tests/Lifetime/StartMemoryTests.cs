using PyAirtable.Hosting.Lifetime;

namespace PyAirtable.Hosting.Tests.Lifetime;

public sealed class StartMemoryTests
{
    [Fact]
    public void Release_RunningProcess_GivesBackPagesOfItsFile() => Assert.InRange(StartMemory.Release(), 1, new FileInfo(Environment.ProcessPath!).Length + (64 * 1024));
}
