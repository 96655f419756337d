using PyAirtable.Platform.Passwords;

namespace PyAirtable.Platform.Tests.Passwords;

public sealed class BcryptBase64Tests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("00", "..")]
    [InlineData("FF", "9u")]
    [InlineData("0041", ".CC")]
    [InlineData("00108310518720928B30D38F41149351559761969B71D79F8218A39259A7A29AABB2DBAFC31CB3D35DB7E39EBBF3DFBF", "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")]
    public void EncodeAndDecode_Bytes_AreEachOthersOpposite(string hex, string expected)
    {
        var bytes = Convert.FromHexString(hex);
        var (text, decoded) = (new char[expected.Length], new byte[bytes.Length]);
        BcryptBase64.Encode(bytes, text);

        Assert.Equal(expected, new string(text));
        Assert.True(BcryptBase64.TryDecode(text, decoded));
        Assert.Equal(bytes, decoded);
    }

    [Theory]
    [InlineData("=...")]
    [InlineData("...+")]
    [InlineData(". ..")]
    public void TryDecode_CharacterOfNoMeaning_IsFalse(string text) => Assert.False(BcryptBase64.TryDecode(text, new byte[3]));
}
