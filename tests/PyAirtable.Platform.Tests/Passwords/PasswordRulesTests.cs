using PyAirtable.Platform.Passwords;

namespace PyAirtable.Platform.Tests.Passwords;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData(8, 7, "a", "Password must be at least 8 characters")]
    [InlineData(8, 8, "a", null)]
    [InlineData(8, 7, "😀", "Password must be at least 8 characters")]
    [InlineData(10, 9, "é", "Password must be at least 10 characters")]
    [InlineData(8, 72, "a", null)]
    [InlineData(8, 73, "a", "Password must be at most 72 bytes")]
    [InlineData(8, 36, "é", null)]
    [InlineData(8, 37, "é", "Password must be at most 72 bytes")]
    public void FaultOf_Password_IsTheContractsText(int minLength, int count, string letter, string? fault) =>
        Assert.Equal(fault, new PasswordRules(minLength).FaultOf(string.Concat(Enumerable.Repeat(letter, count))));
}
