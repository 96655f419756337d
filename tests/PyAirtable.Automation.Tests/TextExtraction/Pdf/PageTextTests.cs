using PyAirtable.Automation.TextExtraction.Pdf;
using UglyToad.PdfPig.Core;

namespace PyAirtable.Automation.Tests.TextExtraction.Pdf;

public sealed class PageTextTests
{
    private const double Width = 0.5;
    private readonly PageText _text = new();

    [Fact]
    public void Add_GlyphsSideBySide_AreAWord()
    {
        Write("word", 0, 0);

        Assert.Equal("word", _text.ToString());
    }

    [Theory]
    [InlineData(2.3, 0, "ab cd")]
    [InlineData(1.05, 0, "abcd")]
    [InlineData(0.9, 0, "abcd")]
    [InlineData(1, 0.4, "abcd")]
    [InlineData(1, -0.4, "abcd")]
    [InlineData(0, -1.2, "ab\ncd")]
    [InlineData(0, 9, "ab\ncd")]
    [InlineData(-3, 0, "ab\ncd")]
    public void Add_NextPlace_SaysWhatIsBetween(double x, double y, string expected)
    {
        Write("ab", 0, 0);
        Write("cd", x, y);

        Assert.Equal(expected, _text.ToString());
    }

    [Fact]
    public void Add_Blanks_AreKeptInsideOfLinesOnly()
    {
        Write("  a b  ", 0, 0);
        Write("   ", 0, -1);
        Write("c ", 0, -2);

        Assert.Equal("a b\nc", _text.ToString());
    }

    [Fact]
    public void Add_TurnedText_IsReadAlongItsWay()
    {
        foreach (var (i, letter) in "up".Index())
        {
            var y = i * Width;
            _text.Add($"{letter}", new(0, y), new(0, y + 1), new(-1, y), Width, runsDown: false);
        }
        Write("x", 0, 1);

        Assert.Equal("up\nx", _text.ToString());
    }

    [Fact]
    public void Add_TextThatRunsDown_IsOneLine()
    {
        foreach (var (i, letter) in "漢字".Index())
        {
            _text.Add($"{letter}", new(0, -i), new(1, -i), new(0, 1 - i), 1, runsDown: true);
        }

        Assert.Equal("漢字", _text.ToString());
    }

    [Fact]
    public void Add_WhatIsNoText_IsLeftOut()
    {
        _text.Add("a\0\u0007\ud800", new(0, 0), new(1, 0), new(0, 1), Width, runsDown: false);

        Assert.Equal("a\uFFFD", _text.ToString());
    }

    private void Write(string text, double x, double y)
    {
        foreach (var letter in text)
        {
            _text.Add($"{letter}", new PdfPoint(x, y), new PdfPoint(x + 1, y), new PdfPoint(x, y + 1), Width, runsDown: false);
            x += Width;
        }
    }
}
