using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.Tests.Accounts;

public sealed class AdminsTests
{
    [Theory]
    [InlineData("admin@example.com", "{}", true)]
    [InlineData("ADMIN@example.com", "{}", true)]
    [InlineData("ädmin@example.com", "{}", true)]
    [InlineData("Ädmin@example.com", "{}", false)]
    [InlineData("\u017fally@example.com", "{}", false)]
    [InlineData("ada\u212a@example.com", "{}", false)]
    [InlineData("admin@example.com.evil.com", "{}", false)]
    [InlineData("", "{}", false)]
    [InlineData("eve@example.com", """{"role":"admin"}""", true)]
    [InlineData("eve@example.com", """{"role":"Admin"}""", false)]
    [InlineData("eve@example.com", """{"role":"user"}""", false)]
    [InlineData("eve@example.com", """{"role":["admin"]}""", false)]
    [InlineData("eve@example.com", """{"a":{"role":"admin"}}""", false)]
    [InlineData("eve@example.com", """["role","admin"]""", false)]
    [InlineData("eve@example.com", "role=admin", false)]
    public void IsAdmin_ByAddressOrMetadata(string email, string metaData, bool expected)
    {
        var admins = new Admins(["Admin@Example.com", "ädmin@example.com", "sally@example.com", "adak@example.com"]);
        var user = new User { Email = email, MetaData = metaData };

        Assert.Equal(expected, admins.IsAdmin(user));
        Assert.Equal(expected ? "admin" : "user", admins.RoleOf(user));
    }
}
