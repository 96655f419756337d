// Runs one scenario with an official TypeScript client and prints what it saw as one line of JSON.
// Usage: node client.mjs <folder with node_modules> <sdk|client> <scenario> <server>
// Scenarios cancel and resume wait for a line of standard input before they cancel or cut the connection.
// sdk is the first generation of the client, client the second. The server is JSON: {"url","key"} or {"command","args","env"}.
import { createRequire } from 'node:module';

const [folder, generation, scenario, target] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const server = JSON.parse(target);

const generations = {
  sdk() {
    const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
    const { StreamableHTTPClientTransport } = require('@modelcontextprotocol/sdk/client/streamableHttp.js');
    const { StdioClientTransport } = require('@modelcontextprotocol/sdk/client/stdio.js');
    const { LoggingMessageNotificationSchema, ToolListChangedNotificationSchema } = require('@modelcontextprotocol/sdk/types.js');
    return {
      Client,
      StreamableHTTPClientTransport,
      StdioClientTransport,
      logMessage: LoggingMessageNotificationSchema,
      toolsChanged: ToolListChangedNotificationSchema,
      call: (client, params, options) => client.callTool(params, undefined, options),
    };
  },
  client() {
    const { Client, StreamableHTTPClientTransport } = require('@modelcontextprotocol/client');
    const { StdioClientTransport } = require('@modelcontextprotocol/client/stdio');
    return {
      Client,
      StreamableHTTPClientTransport,
      StdioClientTransport,
      logMessage: 'notifications/message',
      toolsChanged: 'notifications/tools/list_changed',
      call: (client, params, options) => client.callTool(params, options),
    };
  },
};
const library = generations[generation]();

async function open(key = server.key, fetch = undefined) {
  const transport = server.url
    ? new library.StreamableHTTPClientTransport(new URL(server.url), { fetch, requestInit: { headers: key ? { 'X-API-Key': key } : {} } })
    : new library.StdioClientTransport({ command: server.command, args: server.args, env: server.env, stderr: 'ignore' });
  const client = new library.Client({ name: 'official-client', version: '1.0.0' });
  await client.connect(transport);
  return { client, transport, call: (name, args, options) => library.call(client, { name, arguments: args }, options) };
}

const failure = (error) => ({ name: error.name, code: error.code ?? null, message: error.message });
const caught = (promise) => promise.then(() => null, failure);
const record = (number, name) => ({ id: `rec${String(number).padStart(14, '0')}`, fields: { Name: name } });
const table = { base_id: 'appTest', table_id: 'tblTasks' };

const scenarios = {
  async initialize() {
    const { client, transport } = await open();
    return {
      server: client.getServerVersion(),
      capabilities: client.getServerCapabilities(),
      protocol: transport.protocolVersion ?? null,
      session: transport.sessionId ?? null,
      close: await client.close() ?? null,
    };
  },

  async ping() {
    const { client } = await open();
    return { first: await client.ping(), second: await client.ping() };
  },

  async list() {
    const { client } = await open();
    const { tools, nextCursor } = await client.listTools();
    return { tools, next: nextCursor ?? null };
  },

  async call() {
    const { client, call } = await open();
    // The client checks structured results against the output schemas of the list that it read.
    await client.listTools();
    const created = await call('create_record', { ...table, fields: { Name: 'Grüße', Effort: 9007199254740993n.toString() } });
    return {
      tables: await call('list_tables', { base_id: 'appTest' }),
      records: await call('get_records', { ...table, max_records: 2 }),
      fields: await call('get_field_info', table),
      created,
      deleted: await call('delete_record', { ...table, record_id: JSON.parse(created.content[0].text).id }),
    };
  },

  async refusals() {
    const { client, call } = await open();
    return {
      argument: await call('get_records', { base_id: 'appTest' }),
      kind: await call('get_records', { ...table, max_records: 'many' }),
      missing: await call('list_tables', { base_id: 'appMissing' }),
      tool: await caught(call('no_such_tool', {})),
      after: await client.ping(),
    };
  },

  async progress() {
    const { transport, call } = await open();
    const seen = [];
    // Of what comes in one piece with the result the client does not tell its handler, so this looks at what its transport has read.
    const receive = transport.onmessage;
    transport.onmessage = (message, extra) => {
      if (message.method === 'notifications/progress') seen.push(message.params);
      receive(message, extra);
    };
    const result = await call(
      'batch_update_records',
      { ...table, records: [record(1, 'One'), record(2, 'Two'), record(3, 'Three')] },
      { onprogress: () => {} },
    );
    return { seen, result };
  },

  async cancel() {
    const { client, call } = await open();
    const abort = new AbortController();
    // Its upstream never answers; whoever started this says when it has been asked.
    process.stdin.once('data', () => abort.abort('no longer needed'));
    const error = await caught(call('list_tables', { base_id: 'appSilent' }, { signal: abort.signal }));
    const after = await call('get_records', { ...table, max_records: 1 });
    return { error, after };
  },

  async timeout() {
    const { client, call } = await open();
    const error = await caught(call('list_tables', { base_id: 'appSilent' }, { timeout: 300 }));
    return { error, after: await client.ping() };
  },

  async logging() {
    const { client, call } = await open();
    const messages = [];
    client.setNotificationHandler(library.logMessage, (message) => { messages.push(message.params); });
    await client.setLoggingLevel('debug');
    await call('get_records', { ...table, max_records: 1 });
    await client.setLoggingLevel('error');
    await call('list_tables', { base_id: 'appMissing' });
    await call('get_records', { ...table, max_records: 1 });
    return { messages };
  },

  async changes() {
    let opened;
    const listening = new Promise((resolve) => { opened = resolve; });
    const watching = async (url, init) => {
      const answer = await fetch(url, init);
      if (init?.method === 'GET') opened();
      return answer;
    };
    const { client } = await open(server.key, watching);
    const changed = new Promise((resolve) => client.setNotificationHandler(library.toolsChanged, resolve));
    if (server.url) await listening;
    // The server asks for its list when somebody wants it.
    const tools = (await client.listTools()).tools.map((tool) => tool.name);
    return { method: (await changed).method, tools };
  },

  async resume() {
    // Answers of calls can be cut, as a network does it.
    let cut;
    let resumed;
    const back = new Promise((resolve) => { resumed = resolve; });
    const seen = [];
    const cutting = async (url, init) => {
      const answer = await fetch(url, init);
      const headers = new Headers(init?.headers);
      if (headers.get('last-event-id')) {
        seen.push({ id: headers.get('last-event-id'), status: answer.status });
        resumed();
      }
      if (init?.method !== 'POST' || !String(init.body).includes('appHeld') || !answer.body) return answer;
      const body = new TransformStream();
      const writer = body.writable.getWriter();
      const reader = answer.body.getReader();
      cut = () => { reader.cancel(); writer.abort(new Error('cut')); };
      (async () => {
        for (let part = await reader.read(); !part.done; part = await reader.read()) await writer.write(part.value);
        await writer.close();
      })().catch(() => {});
      return new Response(body.readable, { status: answer.status, headers: answer.headers });
    };
    const { client, call } = await open(server.key, cutting);
    const tokens = [];
    process.stdin.once('data', () => cut());
    const pending = call('get_records', { ...table, base_id: 'appHeld', max_records: 3 }, { onresumptiontoken: (token) => tokens.push(token) });
    await back;
    // What is held is answered when this is asked for.
    await call('get_records', { ...table, base_id: 'appRelease', max_records: 1 });
    const result = await pending;
    return { result, tokens, seen, after: await client.ping() };
  },

  async resources() {
    const { client } = await open();
    return {
      list: (await client.listResources()).resources,
      templates: (await client.listResourceTemplates()).resourceTemplates,
      bases: await client.readResource({ uri: 'airtable://bases' }),
      schema: await client.readResource({ uri: 'airtable://bases/appTest/schema' }),
      unknown: await caught(client.readResource({ uri: 'airtable://nowhere' })),
    };
  },

  async sessions() {
    const opened = await Promise.all(Array.from({ length: 5 }, () => open()));
    const calls = opened.flatMap(({ call }) => Array.from({ length: 4 }, (_, number) => call('get_records', { ...table, max_records: number + 1 })));
    const counts = (await Promise.all(calls)).map((result) => JSON.parse(result.content[0].text).records.length);
    // One that ends leaves the others alone.
    await opened[0].client.close();
    const after = await Promise.all(opened.slice(1).map(({ client }) => client.ping()));
    return { sessions: opened.map(({ transport }) => transport.sessionId ?? null), counts, after };
  },

  async terminate() {
    const { client, transport } = await open();
    const session = transport.sessionId;
    await transport.terminateSession();
    const left = await fetch(server.url, {
      method: 'POST',
      headers: { 'X-API-Key': server.key, 'Mcp-Session-Id': session, 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
    });
    return { session, cleared: transport.sessionId ?? null, status: left.status };
  },

  async keys() {
    return { none: await caught(open('')), wrong: await caught(open('a-wrong-key')) };
  },
};

const seen = await scenarios[scenario]();
// Open connections and children end with the process.
process.stdout.write(JSON.stringify(seen) + '\n', () => process.exit(0));
