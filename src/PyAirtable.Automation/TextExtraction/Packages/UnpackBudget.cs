namespace PyAirtable.Automation.TextExtraction.Packages;

/// <summary>What may still be unpacked from one archive.</summary>
internal sealed class UnpackBudget
{
    private long _left = ExtractionLimits.MaxUnpackedBytes;

    /// <summary>Takes bytes from it.</summary>
    /// <exception cref="ExtractionLimitException">There are not as many left.</exception>
    public void Take(int bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw new ExtractionLimitException(ExtractionLimits.TooMuchUnpacked);
        }
    }
}
