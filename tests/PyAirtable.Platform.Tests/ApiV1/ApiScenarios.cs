namespace PyAirtable.Platform.Tests.ApiV1;

/// <summary>Requests under <c>/api/v1</c> and the answers of the platform contract that do not depend on what is stored (8.1 to 8.3).</summary>
internal static class ApiScenarios
{
    private const string BadBody = """{"error":"Invalid request body"}""";
    private const string NoKey = """{"error":"API key required"}""";
    private const string WrongKey = """{"error":"Invalid API key"}""";
    private const string NoHeader = """{"error":"Authorization header required"}""";
    private const string BadHeader = """{"error":"Invalid authorization header format"}""";
    private const string BadToken = """{"error":"Invalid token"}""";
    private const string Wrong = """{"error":"invalid email or password"}""";
    private const string Nameless = """{"error":"Either email or username must be provided"}""";
    private const string None = "X-API-Key: ";
    private static readonly string LongName = new('n', 101);

    public static readonly Scenario[] All =
    [
        new("a missing key beats a bad body", "POST /api/v1/auth/register", "{bad", None, 401, NoKey),
        new("a wrong key beats a missing token", "GET /api/v1/users/profile", null, "X-API-Key: wrong", 401, WrongKey),
        new("the key is asked for at login", "POST /api/v1/auth/login", "{}", None, 401, NoKey),
        new("the key is asked for at refresh", "POST /api/v1/auth/refresh", "{}", None, 401, NoKey),
        new("the key is asked for at logout", "POST /api/v1/auth/logout", null, None, 401, NoKey),
        new("the key is asked of admins", "GET /api/v1/admin/users", null, None, 401, NoKey),
        new("no header", "GET /api/v1/users/profile", null, "", 401, NoHeader),
        new("an empty header", "GET /api/v1/users/profile", null, "Authorization: ", 401, NoHeader),
        new("another scheme", "GET /api/v1/users/profile", null, "Authorization: Basic abc", 401, BadHeader),
        new("a scheme in lower case", "GET /api/v1/users/profile", null, "Authorization: bearer abc", 401, BadHeader),
        new("no token", "GET /api/v1/users/profile", null, "Authorization: Bearer", 401, BadHeader),
        new("three parts", "GET /api/v1/users/profile", null, "Authorization: Bearer a b", 401, BadHeader),
        new("two blanks", "GET /api/v1/users/profile", null, "Authorization: Bearer  a", 401, BadHeader),
        new("garbage", "GET /api/v1/users/profile", null, "Authorization: Bearer garbage", 401, BadToken),
        new("garbage beyond ASCII", "GET /api/v1/auth/profile", null, "Authorization: Bearer töken", 401, BadToken),
        new("a token is needed to change the profile", "PUT /api/v1/users/profile", "{bad", "", 401, NoHeader),
        new("a token is needed to delete it", "DELETE /api/v1/users/profile", null, "", 401, NoHeader),
        new("a token is needed to log out", "POST /api/v1/auth/logout", null, "", 401, NoHeader),
        new("a token is needed for lists", "GET /api/v1/admin/users?limit=x", null, "", 401, NoHeader),
        new("401 before 404 among users", "GET /api/v1/users/nothing", null, "", 401, NoHeader),
        new("401 before 404 for the group itself", "GET /api/v1/users", null, "", 401, NoHeader),
        new("401 before 404 among analytics", "GET /api/v1/analytics/nothing", null, None, 401, NoHeader),
        new("401 before 404 among admins", "GET /api/v1/admin/nothing", null, "Authorization: Bearer x", 401, BadToken),
        new("401 before 405", "PATCH /api/v1/users/profile", null, None, 401, NoHeader),
        new("no body", "POST /api/v1/auth/register", null, "", 400, BadBody),
        new("empty body", "POST /api/v1/auth/login", "", "", 400, BadBody),
        new("bad syntax", "POST /api/v1/auth/login", "{bad", "", 400, BadBody),
        new("no object", "POST /api/v1/auth/login", "[]", "", 400, BadBody),
        new("no JSON", "POST /api/v1/auth/login", "email=a", "Content-Type: application/x-www-form-urlencoded", 400, BadBody),
        new("a number for a text", "POST /api/v1/auth/login", """{"email":5,"password":"x"}""", "", 400, BadBody),
        new("a NUL in a text", "POST /api/v1/auth/register", """{"email":"a@example.com","password":"longenough\u0000"}""", "", 400, BadBody),
        new("half a surrogate pair", "POST /api/v1/auth/register", """{"email":"a@example.com","password":"longenough\ud800"}""", "", 400, BadBody),
        new("a number for a refresh token", "POST /api/v1/auth/refresh", """{"refresh_token":{}}""", "", 400, BadBody),
        new("register without an address", "POST /api/v1/auth/register", """{"password":"longenough"}""", "", 400, """{"error":"email is required"}"""),
        new("register null", "POST /api/v1/auth/register", "null", "", 400, """{"error":"email is required"}"""),
        new("register with no address", "POST /api/v1/auth/register", """{"email":"ada","password":"longenough"}""", "", 400, """{"error":"invalid email address"}"""),
        new("password too short", "POST /api/v1/auth/register", """{"email":"a@example.com","password":"1234567"}""", "", 400, """{"error":"password must be at least 8 characters"}"""),
        new("password missing", "POST /api/v1/auth/register", """{"email":"a@example.com"}""", "", 400, """{"error":"password must be at least 8 characters"}"""),
        new("password too long", "POST /api/v1/auth/register", $$"""{"email":"a@example.com","password":"{{new string('p', 73)}}"}""", "", 400, """{"error":"password must be at most 72 bytes"}"""),
        new("first name too long", "POST /api/v1/auth/register", $$"""{"email":"a@example.com","password":"longenough","first_name":"{{LongName}}"}""", "", 400, """{"error":"first_name must be at most 100 characters"}"""),
        new("last name too long", "POST /api/v1/auth/register", $$"""{"email":"a@example.com","password":"longenough","last_name":"{{LongName}}"}""", "", 400, """{"error":"last_name must be at most 100 characters"}"""),
        new("login of nothing", "POST /api/v1/auth/login", "{}", "", 400, Nameless),
        new("login with empty credentials", "POST /api/v1/auth/login", """{"email":"","username":"","password":""}""", "", 400, Nameless),
        new("login of nobody", "POST /api/v1/auth/login", """{"email":"nobody@example.com","password":"longenough"}""", "", 401, Wrong),
        new("login of nobody by name", "POST /api/v1/auth/login", """{"username":"nobody@example.com","password":"longenough"}""", "", 401, Wrong),
        new("login of what is no address", "POST /api/v1/auth/login", """{"username":"' OR 1=1 --","password":"longenough"}""", "", 401, Wrong),
        new("refresh of nothing", "POST /api/v1/auth/refresh", "{}", "", 401, """{"error":"Invalid or expired refresh token"}"""),
        new("refresh of the unknown", "POST /api/v1/auth/refresh", """{"Refresh_Token":"unknown"}""", "", 401, """{"error":"Invalid or expired refresh token"}"""),
    ];
}
