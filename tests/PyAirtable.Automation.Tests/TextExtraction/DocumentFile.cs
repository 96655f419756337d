using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Automation.Tests.TextExtraction;

/// <summary>Documents of bytes, put where an extractor can read them, and what chance may do to them.</summary>
internal static class DocumentFile
{
    private const int Truncations = 20;
    private const int Damages = 200;

    /// <summary>What the extractor makes of the bytes. One that does not come to an end in a minute fails the test.</summary>
    public static ExtractedText Extract(this ITextExtractor extractor, byte[] bytes, string extension)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + extension);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timer.CancelAfter(TimeSpan.FromMinutes(1));
        try
        {
            File.WriteAllBytes(path, bytes);
            return extractor.Extract(path, timer.Token);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The file cut off at each twentieth of its length, and with single bytes and short runs changed.</summary>
    public static IEnumerable<byte[]> Damaged(byte[] file)
    {
        for (var i = 0; i < Truncations; i++)
        {
            yield return file[..(file.Length * i / Truncations)];
        }
        var random = new Random(file.Length);
        for (var i = 0; i < Damages; i++)
        {
            var damaged = file.ToArray();
            random.NextBytes(damaged.AsSpan(random.Next(damaged.Length - 4), random.Next(1, 5)));
            yield return damaged;
        }
    }
}
