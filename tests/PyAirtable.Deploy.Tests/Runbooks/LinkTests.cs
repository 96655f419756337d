namespace PyAirtable.Deploy.Tests.Runbooks;

/// <summary>Links between the pages lead somewhere.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.PathOf("README.md")).Select(page => Path.GetRelativePath(Repository.PathOf(), page)).Order()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadToFilesAndHeadings(string page)
    {
        var file = Repository.PathOf(page);
        Assert.All(Markdown.LinksOf(File.ReadAllText(file)), link =>
        {
            var target = link.Path.Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, link.Path));
            Assert.True(Path.Exists(target), $"{link.Path} is missing");
            if (link.Anchor.Length > 0)
            {
                Assert.Contains(link.Anchor, Markdown.AnchorsOf(File.ReadAllText(target)));
            }
        });
    }
}
