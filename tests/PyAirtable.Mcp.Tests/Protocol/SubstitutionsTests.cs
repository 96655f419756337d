using ModelContextProtocol;

namespace PyAirtable.Mcp.Tests.Protocol;

public sealed class SubstitutionsTests
{
    // Substitutions.xml takes the metadata of the last one out of the native executables.
    [Fact]
    public void ProtocolLibrary_MetadataOfItsTypes_AreItsOwn()
    {
        var chain = McpJsonUtilities.DefaultOptions.TypeInfoResolverChain;

        Assert.Equal(2, chain.Count);
        Assert.Equal("ModelContextProtocol.Core", chain[0].GetType().Assembly.GetName().Name);
    }
}
