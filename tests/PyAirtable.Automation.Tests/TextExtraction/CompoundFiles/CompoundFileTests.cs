using PyAirtable.Automation.TextExtraction.CompoundFiles;

namespace PyAirtable.Automation.Tests.TextExtraction.CompoundFiles;

public sealed class CompoundFileTests : IDisposable
{
    private const int SectorSize = 512;
    private readonly string _path = Path.GetTempFileName();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(100_001)]
    public void Read_Stream_GivesItsBytes(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);

        Assert.Equal(content, Read(CompoundFileBuilder.Build(("other", new byte[100]), ("Name", content), ("big", new byte[9000]))));
    }

    [Fact]
    public void Read_NoSuchStream_IsNull() => Assert.Null(Read(CompoundFileBuilder.Build(("other", new byte[100]))));

    [Fact]
    public void Open_OtherFile_IsNull()
    {
        File.WriteAllText(_path, "something else");

        Assert.Null(CompoundFile.Open(_path));
    }

    [Fact]
    public void Read_LastSectorCutShort_IsRead()
    {
        // The only sector behind the content is the table; what it is padded with says nothing.
        var file = CompoundFileBuilder.Build(("Name", new byte[5000]));

        Assert.Equal(5000, Read(file[..^100])!.Length);
    }

    [Fact]
    public void Read_ChainThatIsACircle_Fails()
    {
        var file = CompoundFileBuilder.Build(("Name", new byte[100_000]));
        // The first sector's entry names itself.
        CompoundFileBuilder.Put32(file, Table(file), 0);

        Assert.Throws<InvalidDataException>(() => Read(file));
    }

    [Fact]
    public void Open_ListsOfTheTableThatAreACircle_Fails()
    {
        var file = CompoundFileBuilder.Build(("Name", new byte[100_000]));
        // A further list that names itself as the next one.
        CompoundFileBuilder.Put32(file, 68, 0, 1);
        CompoundFileBuilder.Put32(file, (2 * SectorSize) - 4, 0);

        Assert.Throws<InvalidDataException>(() => Read(file));
    }

    [Fact]
    public void Read_DirectoryThatIsACircle_FindsWhatIsThere()
    {
        var file = CompoundFileBuilder.Build(("other", new byte[5000]), ("Name", [1]));
        var directory = (BitConverter.ToInt32(file, 48) + 1) * SectorSize;
        CompoundFileBuilder.Put32(file, directory + (2 * 128) + 68, 1, 2, 1);

        Assert.Equal([1], Read(file));
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(200_000u)]
    public void Read_LengthThatIsNotTrue_Fails(uint length)
    {
        var file = CompoundFileBuilder.Build(("Name", new byte[100_000]));
        var directory = (BitConverter.ToInt32(file, 48) + 1) * SectorSize;
        CompoundFileBuilder.Put32(file, directory + 128 + 120, length);

        Assert.Throws<InvalidDataException>(() => Read(file));
    }

    public void Dispose() => File.Delete(_path);

    private static int Table(byte[] file) => (BitConverter.ToInt32(file, 76) + 1) * SectorSize;

    private byte[]? Read(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        using var opened = CompoundFile.Open(_path)!;
        return opened.Read("Name");
    }
}
