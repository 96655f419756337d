using System.Text;
using UglyToad.PdfPig.Core;

namespace PyAirtable.Automation.TextExtraction.Pdf;

/// <summary>
/// A page's text in the order of its content. A PDF has no lines and often no blanks: where a glyph stands beside the one before it says
/// whether a line or a word begins.
/// </summary>
internal sealed class PageText
{
    // In heights of the font: lines are 1 apart and more, raised marks at most 0.4; blanks are 0.2 wide and more, kerning is less than 0.1.
    private const double LineDistance = 0.5;
    private const double BlankWidth = 0.15;
    private const double StepBack = 1;
    // Cosine of the angle from which on text runs another way.
    private const double SameWay = 0.9;

    private readonly StringBuilder _text = new();
    private Vector _end;
    private Vector _way;
    private double _height;

    /// <summary>Adds a glyph.</summary>
    /// <param name="unicode">What it stands for.</param>
    /// <param name="origin">Where it stands on the page.</param>
    /// <param name="right">Where the point 1, 0 of the font's space is.</param>
    /// <param name="up">Where the point 0, 1 is.</param>
    /// <param name="advance">How far the text goes on, in the font's space.</param>
    /// <param name="runsDown">True when it runs down the page.</param>
    /// <exception cref="ExtractionLimitException">There is too much text.</exception>
    public void Add(string unicode, PdfPoint origin, PdfPoint right, PdfPoint up, double advance, bool runsDown)
    {
        var place = new Vector(origin.X, origin.Y);
        var step = runsDown ? new Vector(origin.X - up.X, origin.Y - up.Y) : new Vector(right.X - origin.X, right.Y - origin.Y);
        var height = new Vector(up.X - origin.X, up.Y - origin.Y).Length;
        var way = step.Length > 0 ? step.Times(1 / step.Length) : new Vector(1, 0);
        var blank = string.IsNullOrWhiteSpace(unicode);
        if (_text.Length > 0)
        {
            var size = Math.Max(height, _height);
            var distance = place.Minus(_end);
            var along = distance.Dot(_way);
            if (Math.Abs(distance.Cross(_way)) > LineDistance * size || along < -StepBack * size || way.Dot(_way) < SameWay)
            {
                if (blank)
                {
                    return;
                }
                EndLine();
            }
            else if (!blank && along > BlankWidth * size && !char.IsWhiteSpace(_text[^1]))
            {
                _text.Append(' ');
            }
        }
        Append(unicode);
        (_end, _way, _height) = (place.Plus(step.Times(advance)), way, height);
    }

    /// <summary>The lines, one LF between two, without blanks at their ends.</summary>
    public override string ToString()
    {
        EndLine();
        return StorableText.Of(_text.ToString().Trim());
    }

    private void Append(string unicode)
    {
        foreach (var unit in unicode)
        {
            if (!char.IsControl(unit))
            {
                _text.Append(unit);
            }
        }
        if (_text.Length > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
    }

    private void EndLine()
    {
        while (_text.Length > 0 && char.IsWhiteSpace(_text[^1]))
        {
            _text.Length--;
        }
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }
    }

    private readonly record struct Vector(double X, double Y)
    {
        public double Length => Math.Sqrt((X * X) + (Y * Y));

        public Vector Plus(Vector other) => new(X + other.X, Y + other.Y);

        public Vector Minus(Vector other) => new(X - other.X, Y - other.Y);

        public Vector Times(double factor) => new(X * factor, Y * factor);

        public double Dot(Vector other) => (X * other.X) + (Y * other.Y);

        public double Cross(Vector other) => (X * other.Y) - (Y * other.X);
    }
}
