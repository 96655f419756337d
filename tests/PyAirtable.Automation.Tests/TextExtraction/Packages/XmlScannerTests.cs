using System.Text;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.TextExtraction.Packages;

namespace PyAirtable.Automation.Tests.TextExtraction.Packages;

public sealed class XmlScannerTests
{
    [Theory]
    [InlineData("<a/>", "<a></a>")]
    [InlineData("\uFEFF<?xml version='1.0'?><!-- c > --><a> <b x='1>2' y=\"'\" />t</a >\n<!-- end -->", "<a>[ ]<b x=1>2 y='></b>[t]</a>")]
    [InlineData("<n:a xmlns:n='u'><n:b\n q:z = '&lt;'>&amp;</n:b></n:a>", "<a xmlns:n=u><b q:z=<>[&]</b></a>")]
    [InlineData("<a><![CDATA[x]]y]]></a>", "<a>[x]]y]</a>")]
    [InlineData("<a><?pi ?></a><?pi?>", "<a></a>")]
    public void Read_WellFormed_GivesTokens(string xml, string expected)
    {
        using var scanner = Scan(xml);
        Assert.Equal(expected, Describe(scanner));
    }

    // Pieces of one byte move the buffer's end through every place of a token.
    [Fact]
    public void Read_StreamOfSingleBytes_GivesTheSame()
    {
        const string Xml = "<a><!-- - -> --><b x='é'>ü&#xE9;</b><![CDATA[]]]]><c/></a>";
        using var whole = Scan(Xml);
        using var pieces = new XmlScanner(new Trickle(Encoding.UTF8.GetBytes(Xml)));

        Assert.Equal(Describe(whole), Describe(pieces));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("<a>")]
    [InlineData("<a></b>")]
    [InlineData("</a>")]
    [InlineData("<a/><b/>")]
    [InlineData("<a/>x")]
    [InlineData("<a")]
    [InlineData("<a b='")]
    [InlineData("<a b=1/>")]
    [InlineData("<a b/>")]
    [InlineData("<a ='1'/>")]
    [InlineData("< a/>")]
    [InlineData("<a>&nope;</a>")]
    [InlineData("<a>&amp</a>")]
    [InlineData("<a>&#0;</a>")]
    [InlineData("<a>&#xD800;</a>")]
    [InlineData("<a>&#99999999999;</a>")]
    [InlineData("<a><!-- </a>")]
    [InlineData("<a><![CDATA[ </a>")]
    [InlineData("<!DOCTYPE a><a/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>")]
    public void Read_NotWellFormed_Throws(string xml)
    {
        using var scanner = Scan(xml);
        Assert.Throws<InvalidDataException>(() => Describe(scanner));
    }

    [Fact]
    public void Read_TooDeep_Throws()
    {
        using var scanner = Scan(string.Concat(Enumerable.Repeat("<a>", ExtractionLimits.MaxDepth + 1)));
        Assert.Equal(ExtractionLimits.TooDeep, Assert.Throws<ExtractionLimitException>(() => Describe(scanner)).Message);
    }

    [Fact]
    public void Read_TooLong_Throws()
    {
        using var scanner = Scan("<a>" + new string('x', ExtractionLimits.MaxTokenBytes + 1) + "</a>");
        Assert.Equal(ExtractionLimits.TooLongToken, Assert.Throws<ExtractionLimitException>(() => Describe(scanner)).Message);
    }

    [Fact]
    public void Skip_ElementWithin_GoesToItsEnd()
    {
        using var scanner = Scan("<a><b><c/>x<c><d/></c></b><e/></a>");
        scanner.Read();
        scanner.Read();
        scanner.Skip();

        Assert.Equal((XmlToken.Start, "e"), (scanner.Read(), Encoding.UTF8.GetString(scanner.LocalName)));
    }

    // Whatever stands in it, pieces of one byte included.
    [Theory]
    [InlineData("<b/>")]
    [InlineData("<b></b>")]
    [InlineData("<b x='/>' y=\"'>\">a<!-- </b> --><![CDATA[</b>]]><?p </b>?><c z='1' /><c\n></c >\r\n</b >")]
    public void Skip_Element_LeavesTheNextToken(string element)
    {
        using var pieces = new XmlScanner(new Trickle(Encoding.UTF8.GetBytes($"<a>{element}<e/></a>")));
        pieces.Read();
        pieces.Read();
        pieces.Skip();

        Assert.Equal((1, XmlToken.Start, "e"), (pieces.Depth, pieces.Read(), Encoding.UTF8.GetString(pieces.LocalName)));
    }

    [Theory]
    [InlineData("<a><b><c></b></c></a>")]
    [InlineData("<a><b><c></a>")]
    [InlineData("<a><b>< c/></b></a>")]
    [InlineData("<a><b><!DOCTYPE c></b></a>")]
    [InlineData("<a><b>text")]
    public void Skip_NotWellFormed_Throws(string xml)
    {
        using var scanner = Scan(xml);
        scanner.Read();
        scanner.Read();

        Assert.Throws<InvalidDataException>(scanner.Skip);
    }

    [Fact]
    public void Skip_TooDeep_Throws()
    {
        using var scanner = Scan(string.Concat(Enumerable.Repeat("<a>", ExtractionLimits.MaxDepth + 1)));
        scanner.Read();

        Assert.Equal(ExtractionLimits.TooDeep, Assert.Throws<ExtractionLimitException>(scanner.Skip).Message);
    }

    [Theory]
    [InlineData("<a><b>x&amp;y</b></a>", "x&amp;y")]
    [InlineData("<a><b></b></a>", "")]
    [InlineData("<a><b/></a>", null)]
    [InlineData("<a><b>x<c/></b></a>", null)]
    [InlineData("<a><b><![CDATA[x]]></b></a>", null)]
    [InlineData("<a><b>x</b ></a>", null)]
    [InlineData("<a><b>x</bb></a>", null)]
    [InlineData("<a><b>x", null)]
    public void TryReadText_Element_GivesTextAlone(string xml, string? expected)
    {
        using var scanner = Scan(xml);
        scanner.Read();
        scanner.Read();
        var isText = scanner.TryReadText(out var raw);

        Assert.Equal(expected, isText ? Encoding.UTF8.GetString(raw) : null);
        Assert.Equal(isText ? 1 : 2, scanner.Depth);
    }

    [Fact]
    public void AppendText_ElementsWithin_AreLeftOut()
    {
        using var scanner = Scan("<a>x<b>no</b>y\r\nz\0</a>");
        var text = new StringBuilder();
        scanner.Read();
        scanner.AppendText(text);

        Assert.Equal("xy\nz\uFFFD", text.ToString());
    }

    private static XmlScanner Scan(string xml) => new(new MemoryStream(Encoding.UTF8.GetBytes(xml)));

    private static string Describe(XmlScanner scanner)
    {
        var text = new StringBuilder();
        var names = new Stack<string>();
        while (scanner.Read() is not XmlToken.None and var token)
        {
            if (token == XmlToken.Start)
            {
                names.Push(Encoding.UTF8.GetString(scanner.LocalName));
                text.Append('<').Append(names.Peek());
                for (var attributes = scanner.Attributes; attributes.Next();)
                {
                    text.Append(' ').Append(Encoding.UTF8.GetString(attributes.Name)).Append('=').Append(XmlText.Of(attributes.Value));
                }
                text.Append('>');
            }
            else if (token == XmlToken.End)
            {
                text.Append("</").Append(names.Pop()).Append('>');
            }
            else
            {
                text.Append('[').Append(scanner.IsLiteral ? Encoding.UTF8.GetString(scanner.RawText) : XmlText.Of(scanner.RawText)).Append(']');
            }
        }
        return text.ToString();
    }

    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }
}
