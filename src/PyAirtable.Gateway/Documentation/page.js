const Methods = ["get", "post", "put", "patch", "delete", "head", "trace"];

// Operations of one path that say the same share a card.
const cards = () => {
  const found = [];
  for (const [path, item] of Object.entries(description.paths)) {
    for (const method of Methods.filter(name => item[name])) {
      const operation = item[method];
      const same = found.find(card => card.path === path && card.operation.summary === operation.summary);
      if (same) same.methods.push(method);
      else found.push({ path, operation, methods: [method], parameters: [...item.parameters ?? [], ...operation.parameters ?? []].map(follow) });
    }
  }
  const rank = card => card.path.endsWith("/{path}") ? 2 : card.operation.deprecated ? 1 : 0;
  return found.sort((a, b) => rank(a) - rank(b));
};

const Schemes = scheme => scheme.type === "http" ? "bearer token" : scheme.in === "query" ? `API key as ${scheme.name} in the query` : "API key";

const needs = operation => (operation.security ?? description.security ?? [])
  .map(all => Object.keys(all).map(name => Schemes(description.components.securitySchemes[name])).join(" and ")).join(", or ");

const answers = responses => Object.entries(responses).map(([code, response]) => {
  const { description: text, headers, content } = follow(response);
  const line = [element("span", { class: `method ${statusTone(code)}` }, code), element("span", {}, text)];
  if (!content && !headers) return element("div", { class: "answer" }, element("div", { class: "line" }, line));
  return element("details", { class: "answer" }, element("summary", { class: "line" }, line), element("div", {},
    headers ? [element("h3", {}, "Headers"), element("ul", { class: "fields" }, Object.entries(headers).map(([name, header]) => field(name, follow(header).schema ?? {}, false, 0, follow(header).description)))] : null,
    body(content)));
});

const inside = card => {
  const { operation, parameters, methods } = card;
  const opens = operation.responses["101"];
  return element("div", { class: "inside" },
    operation.deprecated ? element("p", {}, "Deprecated: kept for older clients.") : null,
    operation.description ? element("p", {}, operation.description) : null,
    needs(operation) ? element("p", {}, `Needs: ${needs(operation)}.`) : element("p", {}, "Open: needs no key."),
    parameters.length ? [element("h3", {}, "Parameters"), element("ul", { class: "fields" }, parameters.map(one => field(one.name, one.schema ?? {}, one.required, 0, [`In ${one.in}`, one.description].filter(Boolean).join(" · "))))] : null,
    operation.requestBody ? [element("h3", {}, "Request"), body(operation.requestBody.content)] : null,
    element("h3", {}, "Answers"), answers(operation.responses),
    opens ? null : tryIt({ ...card, methods }));
};

const cardElement = card => {
  const { path, operation, methods } = card;
  const needed = needs(operation);
  const made = element("details", { class: operation.deprecated ? "operation deprecated" : "operation", id: operation.operationId },
    element("summary", {}, element("span", { class: "methods" }, methods.map(badge)), pathText(path), element("span", { class: "says" }, operation.summary),
      needed ? element("span", { class: "needs" }, needed.includes("bearer") ? "key and token" : "key") : null));
  made.addEventListener("toggle", () => { if (made.open && made.children.length === 1) made.append(inside(card)); });
  return made;
};

// The contents leave out the service's own prefix, such as /api/platform, where all paths have it.
const commonPrefix = all => {
  const [prefix] = all[0].path.match(/^\/api\/[^/]+(?=\/)/) ?? [""];
  return all.length > 1 && all.every(card => card.path.startsWith(`${prefix}/`)) ? prefix : "";
};

const build = () => {
  const byTag = Map.groupBy(cards(), card => card.operation.tags?.[0] ?? "Other");
  const known = description.tags ?? [];
  const tags = [...known, ...[...byTag.keys()].filter(name => !known.some(tag => tag.name === name)).map(name => ({ name }))].filter(tag => byTag.has(tag.name));
  const rows = [];
  const groups = [];
  for (const tag of tags) {
    const id = `tag-${tag.name.toLowerCase().replaceAll(" ", "-")}`;
    const links = element("ul");
    const section = element("section", { "aria-labelledby": id }, element("h2", { id }, tag.name), tag.description ? element("p", {}, tag.description) : null);
    const group = element("li", {}, element("h2", {}, element("a", { href: `#${id}` }, tag.name)), links);
    const prefix = commonPrefix(byTag.get(tag.name));
    for (const card of byTag.get(tag.name)) {
      const { path, operation, methods } = card;
      const link = element("li", {}, element("a", { href: `#${operation.operationId}`, title: `${path}: ${operation.summary}` }, badge(methods.length > 2 ? "any" : methods[0]), element("span", { class: "path" }, path.slice(prefix.length) || "/")));
      const shown = cardElement(card);
      links.append(link);
      section.append(shown);
      rows.push({ link, shown, text: [tag.name, ...methods, path, operation.summary, operation.description, operation.operationId].join(" ").toLowerCase() });
    }
    groups.push({ section, group });
  }
  find("main").replaceChildren(...groups.map(one => one.section));
  find("contents").replaceChildren(...groups.map(one => one.group));

  const filter = () => {
    const words = find("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) row.link.hidden = row.shown.hidden = !words.every(word => row.text.includes(word));
    for (const { section, group } of groups) section.hidden = group.hidden = !section.querySelector("details.operation:not([hidden])");
    const left = rows.filter(row => !row.shown.hidden).length;
    find("count").textContent = words.length ? `${left} of ${rows.length} operations` : `${rows.length} operations`;
  };
  find("search").addEventListener("input", filter);
  filter();
};

const openTarget = () => {
  const target = find(decodeURIComponent(location.hash.slice(1)));
  if (target?.matches("details.operation")) {
    target.open = true;
    target.querySelector("summary").focus({ preventScroll: true });
  }
  target?.scrollIntoView();
};

find("credentials").addEventListener("submit", event => event.preventDefault());
addEventListener("hashchange", openTarget);
addEventListener("keydown", event => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.target.closest?.("input, textarea, select")) {
    event.preventDefault();
    find("search").focus();
  }
});

try {
  const answer = await fetch("openapi.json");
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  description = await answer.json();
  const { title, version, description: text } = description.info;
  find("title").replaceChildren(title, element("span", { class: "version" }, version));
  find("description").textContent = text;
  document.title = title;
  build();
  if (location.hash) openTarget();
} catch (error) {
  find("main").replaceChildren(element("p", { role: "alert" }, `The description could not be loaded: ${error.message}`));
}
