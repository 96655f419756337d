using Dapper;
using PyAirtable.Hosting.Data;

[module: DapperAot]
[module: TypeHandler(typeof(DateTime), typeof(DateTimeHandler))]
