namespace PyAirtable.Automation.TextExtraction.Spreadsheets;

/// <summary>Numbers of the records that are read ([MS-XLS] 2.3.1).</summary>
internal static class BiffRecordId
{
    public const int Formula = 0x0006;
    public const int EndOfSubstream = 0x000A;
    public const int Date1904 = 0x0022;
    public const int FilePassword = 0x002F;
    public const int Continue = 0x003C;
    public const int CodePage = 0x0042;
    public const int Sheet = 0x0085;
    public const int RowOfPackedNumbers = 0x00BD;
    public const int RichLabel = 0x00D6;
    public const int CellFormat = 0x00E0;
    public const int SharedStrings = 0x00FC;
    public const int SharedLabel = 0x00FD;
    public const int Number = 0x0203;
    public const int Label = 0x0204;
    public const int BooleanOrError = 0x0205;
    public const int FormulaString = 0x0207;
    public const int PackedNumber = 0x027E;
    public const int NumberFormat = 0x041E;
    public const int StartOfSubstream = 0x0809;
}
