using System.Collections.Frozen;
using UglyToad.PdfPig.Graphics;
using UglyToad.PdfPig.Graphics.Operations;
using UglyToad.PdfPig.Tokens;

namespace PyAirtable.Automation.TextExtraction.Pdf;

/// <summary>Makes the operations that say what text there is and where (ISO 32000-1, annex A); what is only drawn is left out.</summary>
internal sealed class TextOperations : IGraphicsStateOperationFactory
{
    /// <summary>The only one.</summary>
    public static readonly TextOperations Instance = new();

    private static readonly FrozenSet<string> OfText = FrozenSet.Create(
        "q", "Q", "cm", "gs", "Do", "BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Ts", "Td", "TD", "Tm", "T*", "Tj", "TJ", "'", "\"");

    public IGraphicsStateOperation? Create(OperatorToken op, IReadOnlyList<IToken> operands) =>
        OfText.Contains(op.Data) ? ReflectionGraphicsStateOperationFactory.Instance.Create(op, operands) : Nothing.Instance;

    private sealed class Nothing : IGraphicsStateOperation
    {
        public static readonly Nothing Instance = new();

        public string Operator => "";

        public void Write(Stream stream)
        {
        }

        public void Run(IOperationContext operationContext)
        {
        }
    }
}
