using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.TextExtraction.Isolation;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.TextExtraction.Isolation;

public sealed class ExtractionProcessTests : IDisposable
{
    private readonly TemporaryFile _file = new(OfficeFile.Docx(OfficeFile.Paragraph("Grüße 😀")), ".docx");
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Extract_Document_GivesWhatTheChildFound()
    {
        var found = await ChildCommand.Runner().ExtractAsync(_file.Path, _token);

        Assert.Equal(new ExtractedText("Grüße 😀", """{"file_type":".docx","paragraph_count":1,"table_count":0,"character_count":8}"""), found);
    }

    [Theory]
    [InlineData("kill -SEGV $$")]
    [InlineData("exit 3")]
    [InlineData("printf abc")]
    [InlineData("printf '\\377\\377\\377\\377\\100\\000\\000\\000\\100\\000\\000\\000abc'")]
    [InlineData("printf '\\377\\377\\377\\377\\001\\000\\000\\000\\001\\000\\000\\000\\377\\001\\000\\000\\000\\001\\000\\000\\000a'")]
    [InlineData("printf '\\377\\377\\377\\377\\002\\000\\000\\000\\002\\000\\000\\000\\303\\274\\001\\000\\000\\000\\001\\000\\000\\000a'")]
    [InlineData("printf '\\377\\377\\377\\377\\002\\000\\000\\000\\003\\000\\000\\000abc'")]
    [InlineData("printf '\\376\\377\\377\\377'")]
    [InlineData("printf '\\377\\377\\377\\177'; exec sleep 1000")]
    [InlineData("exec yes 2>/dev/null")]
    [InlineData("exec 1>&-; exec sleep 1000")]
    public async Task Extract_ChildThatBreaks_SaysSo(string script)
    {
        var found = await ChildCommand.Runner(ChildCommand.Shell(script)).ExtractAsync(_file.Path, _token);

        Assert.Equal(new ExtractedText("", """{"file_type":".docx"}""", "Extraction failed: the extractor stopped unexpectedly"), found);
    }

    [Fact]
    public async Task Extract_ChildThatLoops_IsKilledInTime()
    {
        using var started = new TemporaryFile([], ".pid");
        var found = await ChildCommand.Runner(ChildCommand.Shell($"echo $$ > {started.Path}; while :; do :; done"), timeout: TimeSpan.FromSeconds(1)).ExtractAsync(_file.Path, _token);

        Assert.Equal(new ExtractedText("", """{"file_type":".docx"}""", "Extraction failed: timed out after 1 seconds"), found);
        Assert.False(Directory.Exists("/proc/" + (await File.ReadAllTextAsync(started.Path, _token)).Trim()));
    }

    [Fact]
    public async Task Extract_Cancelled_KillsTheChildAndThrows()
    {
        using var started = new TemporaryFile([], ".pid");
        using var cancel = new CancellationTokenSource();
        var running = ChildCommand.Runner(ChildCommand.Shell($"echo $$ > {started.Path}; exec sleep 1000")).ExtractAsync(_file.Path, cancel.Token);
        await Eventually.TrueAsync(() => new FileInfo(started.Path).Length > 0);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.False(Directory.Exists("/proc/" + (await File.ReadAllTextAsync(started.Path, _token)).Trim()));
    }

    [Fact]
    public async Task Extract_FileThatEatsMemory_SaysSo()
    {
        // Many texts, all of them needed: well-formed, and more than this child may keep.
        var wide = new string('日', 40);
        var shared = string.Concat(Enumerable.Range(0, 600_000).Select(i => $"<si><t>{i:D40}{wide}</t></si>"));
        using var file = new TemporaryFile(OfficeFile.Archive(OfficeFile.XlsxParts([("S", "<row><c t=\"s\"><v>599999</v></c></row>")], shared)), ".xlsx");
        var found = await ChildCommand.Runner(memory: 64L << 20).ExtractAsync(file.Path, _token);

        Assert.Equal("Extraction failed: the file needs more memory than allowed", found.Error);
    }

    [Fact]
    public async Task Extract_Child_HasNoSecretsAndNoSockets()
    {
        var runner = ChildCommand.Runner(ChildCommand.Shell("env > \"$0.env\"; ls -l /proc/self/fd > \"$0.fd\""));
        await runner.ExtractAsync(_file.Path, _token);
        var (environment, descriptors) = (await File.ReadAllTextAsync(_file.Path + ".env", _token), await File.ReadAllTextAsync(_file.Path + ".fd", _token));
        File.Delete(_file.Path + ".env");
        File.Delete(_file.Path + ".fd");

        Assert.Equal(["DOTNET_GCHeapHardLimit", "PWD"], environment.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).Where(name => name is not ("_" or "OLDPWD" or "SHLVL")).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("socket:", descriptors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_ManyChildren_LeavesNoneAndNoPipes()
    {
        var runner = ChildCommand.Runner(ChildCommand.Shell("exit 1"));
        await runner.ExtractAsync(_file.Path, _token);
        var before = OpenPipes();
        for (var i = 0; i < 50; i++)
        {
            await runner.ExtractAsync(_file.Path, _token);
        }

        // Other tests have children meanwhile, but not fifty.
        Assert.InRange(OpenPipes(), 0, before + 25);

        static int OpenPipes() => Directory.GetFiles("/proc/self/fd").Count(static file => new FileInfo(file).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Extract_SmallText_NeedsNoChild()
    {
        using var file = new TemporaryFile("text"u8.ToArray(), ".txt");
        var found = await ChildCommand.Runner(ChildCommand.Shell("exit 1")).ExtractAsync(file.Path, _token);

        Assert.Equal("text", found.Content);
    }

    [Fact]
    public async Task Extract_LargeText_IsReadByTheChild()
    {
        using var file = new TemporaryFile([.. Enumerable.Repeat((byte)'x', 3_000_000)], ".txt");

        Assert.Equal(3_000_000, (await ChildCommand.Runner().ExtractAsync(file.Path, _token)).Content.Length);
        Assert.NotNull((await ChildCommand.Runner(ChildCommand.Shell("exit 1")).ExtractAsync(file.Path, _token)).Error);
    }

    [Fact]
    public async Task Extract_MissingFile_SaysSoWithoutPath() =>
        Assert.Equal(new ExtractedText("", "{}", "File not found"), await ChildCommand.Runner().ExtractAsync("/nowhere/0.docx", _token));
}
