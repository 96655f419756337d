// An answer is shown up to this many characters.
const Shown = 500000;

const credentials = { get key() { return find("key").value.trim(); }, get token() { return find("token").value.trim(); } };

const input = (name, text, attributes = {}) => {
  const box = element("input", { type: "text", autocomplete: "off", spellcheck: "false", ...attributes });
  return { name, box, label: element("label", {}, element("span", {}, name, text ? element("span", { class: "kind" }, text) : null), box) };
};

const quoted = text => `'${String(text).replaceAll("'", "'\\''")}'`;

const bodyInputs = requestBody => {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (!type) return null;
  if (type === "multipart/form-data") {
    const parts = Object.entries(follow(media.schema).properties ?? {}).map(([name, part]) => input(name, kindOf(part), { type: follow(part).format === "binary" ? "file" : "text" }));
    return {
      labels: parts.map(part => part.label),
      curl: () => parts.map(part => `-F ${quoted(`${part.name}=${part.box.files ? `@${part.box.files[0]?.name ?? "file"}` : part.box.value}`)}`),
      read: () => {
        const form = new FormData();
        for (const { name, box } of parts) if (box.files ? box.files.length : box.value) form.append(name, box.files ? box.files[0] : box.value);
        return form;
      },
    };
  }
  const text = element("textarea", { spellcheck: "false" });
  text.value = pretty(Object.values(media.examples ?? {})[0]?.value ?? media.example ?? example(media.schema));
  const sentAs = input("Content-Type", "", { value: type === "*/*" ? "application/json" : type });
  return {
    labels: [type === "*/*" ? sentAs.label : null, element("label", { class: "wide" }, element("span", {}, "Body"), text)],
    type: () => sentAs.box.value,
    curl: () => [`--data-raw ${quoted(text.value)}`],
    read: () => text.value,
  };
};

// Slashes stay in the parameter that stands for the rest of the path.
const address = (path, inputs) => {
  const filled = path.replace(/\{([^}]*)\}/g, (_, name) => {
    const value = encodeURIComponent(inputs.find(one => one.in === "path" && one.name === name)?.box.value ?? "");
    return name === "path" ? value.replaceAll("%2F", "/") : value;
  });
  const query = new URLSearchParams(inputs.filter(one => one.in === "query" && one.box.value).map(one => [one.name, one.box.value])).toString();
  return new URL(filled.slice(1) + (query ? `?${query}` : ""), new URL(".", document.baseURI));
};

const show = async (answer, started, outcome) => {
  const text = element("pre", { tabindex: "0" });
  const line = element("p", {}, element("span", { class: `method ${statusTone(answer.status)}` }, `${answer.status} ${answer.statusText}`.trim()), element("small", {}, `${Math.round(performance.now() - started)} ms to the first byte`));
  outcome.replaceChildren(line,
    element("details", {}, element("summary", {}, "Headers"), element("pre", { tabindex: "0" }, [...answer.headers].map(header => header.join(": ")).join("\n"))), text);
  let all = "";
  const decoder = new TextDecoder();
  for (let reader = answer.body?.getReader(), part; reader && !(part = await reader.read()).done && all.length < Shown;) {
    all += decoder.decode(part.value, { stream: true });
    text.textContent = all;
  }
  if (!all) text.textContent = "(no body)";
  else if (answer.headers.get("content-type")?.includes("json")) {
    try { text.replaceWith(coloured(pretty(JSON.parse(all)))); } catch { /* Shown as it came. */ }
  }
};

// The form that sends one of the methods of a path.
const tryIt = ({ path, methods, operation, parameters }) => {
  const sendable = methods.filter(method => method !== "trace");
  const method = element("select", { "aria-label": "Method" }, sendable.map(name => element("option", {}, name.toUpperCase())));
  const inputs = parameters.map(one => ({ in: one.in, ...input(one.name, one.in, { required: one.required && one.name !== "path" }) }));
  inputs.forEach((one, i) => { one.box.value = parameters[i].required ? follow(parameters[i].schema).examples?.[0] ?? "" : ""; });
  const sent = bodyInputs((methods.includes("post") ? description.paths[path].post : operation).requestBody);
  const outcome = element("div", { class: "outcome", "aria-live": "polite" });
  const send = element("button", { class: "main" }, "Send");
  const stop = element("button", { type: "button", hidden: true }, "Stop");

  const headers = () => {
    const open = !(operation.security ?? description.security)?.length;
    return Object.fromEntries([
      ...inputs.filter(one => one.in === "header" && one.box.value).map(one => [one.name, one.box.value]),
      ...(!open && credentials.key ? [["X-API-Key", credentials.key]] : []),
      ...(!open && credentials.token ? [["Authorization", `Bearer ${credentials.token}`]] : []),
      ...(hasBody() && sent.type ? [["Content-Type", sent.type()]] : []),
    ]);
  };
  const hasBody = () => sent && ["POST", "PUT", "PATCH"].includes(method.value);
  // Browsers let only pages of this machine or over TLS write to the clipboard; elsewhere the command is there to be marked.
  const curl = async () => {
    const command = [`curl ${method.value === "HEAD" ? "-I" : `-X ${method.value}`} ${quoted(address(path, inputs))}`,
      ...Object.entries(headers()).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`), ...(hasBody() ? sent.curl() : [])].join(" \\\n  ");
    const copied = await navigator.clipboard?.writeText(command).then(() => true, () => false);
    outcome.replaceChildren(element("p", {}, copied ? "Copied to the clipboard" : "As a command"), element("pre", { tabindex: "0" }, command));
  };

  const submit = async event => {
    event.preventDefault();
    const abort = new AbortController();
    stop.onclick = () => abort.abort();
    send.disabled = !(stop.hidden = false);
    outcome.replaceChildren("Waiting…");
    try {
      const started = performance.now();
      await show(await fetch(address(path, inputs), {
        method: method.value, headers: headers(), body: hasBody() ? sent.read() : undefined, signal: abort.signal, credentials: "omit", redirect: "follow",
      }), started, outcome);
    } catch (error) {
      outcome.append(element("p", { class: "failed" }, abort.signal.aborted ? "Stopped." : `No answer: ${error.message}`));
    } finally {
      send.disabled = !(stop.hidden = true);
    }
  };
  return element("form", { class: "try", submit },
    element("h3", {}, "Try it"), sendable.length > 1 ? element("label", {}, element("span", {}, "Method"), method) : null,
    inputs.map(one => one.label), sent?.labels,
    element("div", { class: "row" }, send, stop, element("button", { type: "button", click: curl }, "curl command")), outcome);
};
