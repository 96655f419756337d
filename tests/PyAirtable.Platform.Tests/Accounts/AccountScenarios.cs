namespace PyAirtable.Platform.Tests.Accounts;

/// <summary>Requests on accounts and the answers of the platform contract that do not depend on what is stored (0.4 to 0.7, 1.3, 1.4).</summary>
internal static class AccountScenarios
{
    private const string Good = """{"email":"nobody@example.com","password":"longenough"}""";
    private const string BadJson = """{"detail":[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}}]}""";
    private const string NoKey = """{"detail":"API key required"}""";
    private const string WrongKey = """{"detail":"Invalid API key"}""";
    private const string NotFound = """{"detail":"Not Found"}""";
    private const string WrongMethod = """{"detail":"Method Not Allowed"}""";
    private const string NoToken = """{"detail":"Missing or invalid authorization header"}""";
    private const string None = "X-API-Key: ";
    private const string Wrong = "X-API-Key: wrong";

    public static readonly Scenario[] All =
    [
        new("bad JSON beats a wrong key", "POST /auth/register", "{bad", Wrong, 422, BadJson),
        new("bad JSON beats a wrong key on the legacy path", "POST /login", "{bad", Wrong, 422, BadJson),
        new("a missing key beats a schema error", "POST /auth/register", "{}", None, 401, NoKey),
        new("a wrong key beats a schema error", "POST /auth/login", "{}", Wrong, 401, WrongKey),
        new("the legacy path asks for the key", "POST /register", Good, None, 401, NoKey),
        new("the legacy login asks for the right key", "POST /login", Good, Wrong, 401, WrongKey),
        new("a wrong key beats a missing token", "GET /auth/verify", null, Wrong, 401, WrongKey),
        new("a key beyond ASCII is wrong", "GET /auth/verify", null, "X-API-Key: wröng", 401, WrongKey),
        new("the legacy profile asks for the key", "GET /profile", null, None, 401, NoKey),
        new("a token is needed", "GET /auth/profile", null, "", 401, NoToken),
        new("a token is needed on the legacy path", "GET /verify", null, "", 401, NoToken),
        new("an unknown path needs no key", "GET /auth/nothing", null, None, 404, NotFound),
        new("paths are case-sensitive", "GET /Health", null, "", 404, NotFound),
        new("a wrong method needs no key", "GET /auth/register", null, None, 405, WrongMethod),
        new("HEAD is no GET", "HEAD /auth/verify", null, None, 405, ""),
        new("no body", "POST /auth/login", null, "", 422, """{"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}"""),
        new("null body", "POST /auth/login", "null", "", 422, """{"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}"""),
        new("no object", "POST /auth/login", "[1]", "", 422, """{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":[1]}]}"""),
        new("no JSON", "POST /auth/login", "a=b", "Content-Type: text/plain", 422, """{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":"a=b"}]}"""),
        new("members missing, secret not echoed", "POST /auth/register", """{"password":"x"}""", "", 422, """{"detail":[{"type":"missing","loc":["body","email"],"msg":"Field required","input":{"password":"***"}}]}"""),
        new("both members missing", "POST /auth/login", "{}", "", 422, """{"detail":[{"type":"missing","loc":["body","email"],"msg":"Field required","input":{}},{"type":"missing","loc":["body","password"],"msg":"Field required","input":{}}]}"""),
        new("number for a text", "POST /auth/register", """{"email":"a@example.com","password":12345678}""", "", 422, """{"detail":[{"type":"string_type","loc":["body","password"],"msg":"Input should be a valid string","input":"***"}]}"""),
        new("name too long", "POST /auth/register", $$"""{"email":"a@example.com","password":"longenough","first_name":"{{new string('n', 101)}}"}""", "", 422, $$$"""{"detail":[{"type":"string_too_long","loc":["body","first_name"],"msg":"String should have at most 100 characters","input":"{{{new string('n', 101)}}}","ctx":{"max_length":100}}]}"""),
        new("password too short", "POST /auth/register", """{"email":"a@example.com","password":"1234567"}""", "", 400, """{"detail":"Password must be at least 8 characters"}"""),
        new("password of code points", "POST /auth/register", """{"email":"a@example.com","password":"😀😀😀😀😀😀😀"}""", "", 400, """{"detail":"Password must be at least 8 characters"}"""),
        new("password too long", "POST /auth/register", $$"""{"email":"a@example.com","password":"{{new string('p', 73)}}"}""", "", 400, """{"detail":"Password must be at most 72 bytes"}"""),
        new("PUT profile asks for the key", "PUT /profile", "{}", None, 401, NoKey),
        new("PUT profile asks for a token before it looks at the body", "PUT /auth/profile", "{}", "", 401, NoToken),
        new("bad JSON beats a missing token", "PUT /auth/me", "{bad", "", 422, BadJson),
        new("DELETE asks for the key", "DELETE /auth/users/1", null, Wrong, 401, WrongKey),
        new("DELETE asks for a token before it looks at the path", "DELETE /auth/users/one", null, "", 401, NoToken),
        new("me asks for a token", "GET /auth/me", null, "", 401, NoToken),
        new("a change of password asks for a token", "POST /auth/change-password", "{}", "", 401, NoToken),
        new("validate asks for the key", "POST /auth/validate", null, None, 401, NoKey),
        new("validate asks for a token", "POST /auth/validate", null, "", 401, NoToken),
        new("refresh asks for the key", "POST /auth/refresh", "{}", None, 401, NoKey),
        new("refresh without a token", "POST /auth/refresh", "{}", "", 422, """{"detail":[{"type":"missing","loc":["body","refresh_token"],"msg":"Field required","input":{}}]}"""),
        new("refresh with a number, not echoed", "POST /auth/refresh", """{"refresh_token":5}""", "", 422, """{"detail":[{"type":"string_type","loc":["body","refresh_token"],"msg":"Input should be a valid string","input":"***"}]}"""),
        new("logout asks for the key", "POST /auth/logout", "{}", Wrong, 401, WrongKey),
        new("logout without a token, secrets not echoed", "POST /auth/logout", """{"Refresh_Token":"a","new_password":"b"}""", "", 422, """{"detail":[{"type":"missing","loc":["body","refresh_token"],"msg":"Field required","input":{"Refresh_Token":"***","new_password":"***"}}]}"""),
        new("logout of an unknown token", "POST /auth/logout", """{"refresh_token":"unknown"}""", "", 200, """{"message":"Logged out successfully"}"""),
        new("the new routes have no twins", "POST /refresh", "{}", "", 404, NotFound),
        new("login of nobody", "POST /auth/login", Good, "", 401, """{"detail":"Invalid credentials"}"""),
        new("login with an empty password", "POST /auth/login", """{"email":"nobody@example.com","password":""}""", "", 401, """{"detail":"Invalid credentials"}"""),
    ];
}
