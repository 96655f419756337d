using System.Buffers;
using System.Globalization;

namespace PyAirtable.Automation.TextExtraction.Spreadsheets;

/// <summary>Which number formats show dates, and what such a number stands for (ECMA-376 part 1, 18.8.30 and 18.17.4.1).</summary>
internal static class DateFormats
{
    // The day that is number 60 does not exist; from number 61 on, days count from one day earlier.
    private const int DayThatNeverWas = 60;
    private const double LastDay = 2_958_466;

    private static readonly SearchValues<char> DateParts = SearchValues.Create("yYmMdDhHsS");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0#?");

    /// <summary>True for a format that every workbook has and that shows a date or a time.</summary>
    public static bool IsDate(int builtIn) => builtIn is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    /// <summary>True when more of the format's letters are parts of a date than are places of digits.</summary>
    public static bool IsDate(string format)
    {
        var (dates, digits) = (0, 0);
        for (var i = 0; i < format.Length; i++)
        {
            switch (format[i])
            {
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '"' or '[':
                    var end = format.IndexOf(format[i] == '[' ? ']' : '"', i + 1);
                    i = end < 0 ? format.Length : end;
                    break;
                case var unit:
                    dates += DateParts.Contains(unit) ? 1 : 0;
                    digits += Digits.Contains(unit) ? 1 : 0;
                    break;
            }
        }
        return dates > digits;
    }

    /// <summary>
    /// The number as a date, to the millisecond; as <c>HH:MM:SS</c> when it is less than a day; itself when it is no date that a calendar has.
    /// </summary>
    public static object ToDate(double number, bool from1904)
    {
        if (!(number >= 0 && number < LastDay))
        {
            return number;
        }
        var epoch = from1904 ? new DateTime(1904, 1, 1) : number < DayThatNeverWas ? new DateTime(1899, 12, 31) : new DateTime(1899, 12, 30);
        var date = epoch.AddMilliseconds(Math.Round(number * 86_400_000));
        var isTime = date.Date == (from1904 ? epoch : new DateTime(1899, 12, 31));
        return isTime ? date.ToString(date.Millisecond == 0 ? "HH:mm:ss" : "HH:mm:ss.ffffff", CultureInfo.InvariantCulture) : date;
    }
}
