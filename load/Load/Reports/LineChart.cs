using System.Globalization;
using System.Net;
using System.Text;

namespace PyAirtable.Load.Reports;

/// <summary>A chart as a figure of HTML with SVG in it. Its colours are those of the page's style sheet.</summary>
/// <param name="Title">What it shows, with the unit.</param>
/// <param name="Across">What goes from left to right.</param>
/// <param name="Lines">At most four lines.</param>
/// <param name="Ticks">Marks from left to right: where and what; none for even ones.</param>
internal sealed record LineChart(string Title, string Across, IReadOnlyList<Series> Lines, IReadOnlyList<(double X, string Text)>? Ticks = null)
{
    private const double Width = 760;
    private const double Height = 250;
    private const double Left = 62;
    private const double Right = 12;
    private const double Top = 10;
    private const double Bottom = 36;
    private const int WantedTicks = 5;

    /// <summary>Writes it.</summary>
    public string Write()
    {
        var points = Lines.SelectMany(line => line.Points).Where(point => double.IsFinite(point.Y)).ToList();
        if (points.Count == 0)
        {
            return "";
        }
        var (from, to) = (points.Min(point => point.X), points.Max(point => point.X));
        var step = NiceStep(points.Max(point => point.Y));
        var highest = Math.Max(step, Math.Ceiling(points.Max(point => point.Y) / step) * step);
        double X(double x) => Left + ((to > from ? (x - from) / (to - from) : 0.5) * (Width - Left - Right));
        double Y(double y) => Height - Bottom - (y / highest * (Height - Top - Bottom));

        var svg = new StringBuilder();
        Line($"<figure><figcaption>{Escaped(Title)}{Legend()}</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Escaped(Title)}\">");
        for (var y = 0.0; y <= highest + (step / 2); y += step)
        {
            Line($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(y):0.0}\" y2=\"{Y(y):0.0}\"/><text class=\"y\" x=\"{Left - 6}\" y=\"{Y(y) + 4:0.0}\">{y:#,0.###}</text>");
        }
        foreach (var (x, text) in Ticks ?? EvenTicks(from, to))
        {
            Line($"<text class=\"x\" x=\"{X(x):0.0}\" y=\"{Height - Bottom + 16}\">{Escaped(text)}</text>");
        }
        Line($"<text class=\"x\" x=\"{(Left + Width - Right) / 2:0}\" y=\"{Height - 4}\">{Escaped(Across)}</text>");
        foreach (var (line, index) in Lines.Select((line, index) => (line, index)))
        {
            Line($"<path class=\"s{index + 1}\" d=\"{Path(line, X, Y)}\"><title>{Escaped(line.Name)}</title></path>");
        }
        Line($"</svg></figure>");
        return svg.ToString();

        void Line(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>A step of 1, 2 or 5 times a power of ten, of which about five reach the figure.</summary>
    public static double NiceStep(double highest)
    {
        if (highest <= 0)
        {
            return 1;
        }
        var rough = highest / WantedTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }

    private static IReadOnlyList<(double X, string Text)> EvenTicks(double from, double to)
    {
        var step = NiceStep(to - from);
        var first = (long)Math.Ceiling(from / step);
        return [.. Enumerable.Range(0, (int)Math.Max(1, Math.Floor(to / step) - first + 1)).Select(number => (first + number) * step).Select(x => (x, x.ToString("0.###", CultureInfo.InvariantCulture)))];
    }

    private static string Path(Series line, Func<double, double> x, Func<double, double> y)
    {
        var path = new StringBuilder();
        var isGap = true;
        foreach (var point in line.Points)
        {
            if (double.IsFinite(point.Y))
            {
                path.Append(CultureInfo.InvariantCulture, $"{(isGap ? 'M' : 'L')}{x(point.X):0.0} {y(point.Y):0.0}");
            }
            isGap = !double.IsFinite(point.Y);
        }
        return path.ToString();
    }

    private string Legend() => string.Concat(Lines.Select((line, index) => $"<span class=\"s{index + 1}\">{Escaped(line.Name)}</span>"));

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
