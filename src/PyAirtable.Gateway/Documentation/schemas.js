// How deep examples and field lists follow what refers to itself.
const Deepest = 6;

let description;

const follow = node => {
  while (node?.$ref) node = node.$ref.slice(2).split("/").reduce((at, key) => at?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], description);
  return node ?? {};
};

const nameOf = schema => schema.$ref?.split("/").pop();

const choices = schema => schema.anyOf ?? schema.oneOf;

const typesOf = schema => [schema.type ?? (schema.properties ? "object" : [])].flat();

const Formats = {
  "date-time": "2025-08-01T12:34:56Z", date: "2025-08-01", email: "user@example.com", password: "correct horse", uuid: "3f2b8c1e-7a54-4f0e-9d35-0a6b1c2d3e4f",
};

// A value that fits a schema.
const example = (schema, depth = 0) => {
  schema = follow(schema);
  if (schema.examples) return schema.examples[0];
  for (const key of ["example", "const", "default"]) if (key in schema) return schema[key];
  if (schema.enum) return schema.enum[0];
  if (choices(schema)) return example(choices(schema)[0], depth);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(part => example(part, depth)));
  switch (typesOf(schema).find(type => type !== "null")) {
    case "object": return depth > Deepest ? {} : Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, member]) => [name, example(member, depth + 1)]));
    case "array": return depth > Deepest || !schema.items ? [] : [example(schema.items, depth + 1)];
    case "string": return Formats[schema.format] ?? "text";
    case "integer": return schema.minimum ?? 1;
    case "number": return schema.minimum ?? 1.5;
    case "boolean": return true;
    default: return depth ? null : {};
  }
};

const kindOf = schema => {
  const name = nameOf(schema);
  if (name) return name;
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(" | ");
  if (choices(schema)) return choices(schema).map(kindOf).join(" | ");
  const kinds = typesOf(schema).map(type => type === "array" && schema.items ? `${kindOf(schema.items)}[]` : type);
  return (kinds.join(" | ") || "any value") + (schema.format ? ` (${schema.format})` : "");
};

const Limits = {
  minLength: "length at least #", maxLength: "length at most #", minimum: "at least #", maximum: "at most #", minItems: "at least # items",
  maxItems: "at most # items", pattern: "matches #", default: "default #",
};

const limitsOf = schema => Object.entries(Limits).filter(([key]) => key in schema).map(([key, text]) => text.replace("#", () => typeof schema[key] === "string" ? schema[key] : JSON.stringify(schema[key]))).join(", ");

const field = (name, schema, required, depth, text) => {
  const resolved = follow(schema);
  const says = [text ?? schema.description ?? resolved.description, limitsOf(resolved)].filter(Boolean).join(" · ");
  return element("li", {},
    name ? element("b", {}, name) : null,
    element("span", { class: "kind" }, kindOf(schema)),
    required ? element("span", { class: "must" }, "required") : null,
    says ? element("p", {}, says) : null,
    depth > Deepest ? null : members(schema, depth + 1));
};

// The members of an object, of an array's items, or of each of several choices; null where there are none.
const members = (schema, depth = 0) => {
  const resolved = follow(schema);
  if (resolved.items) return members(resolved.items, depth);
  if (choices(resolved)) return element("ul", {}, choices(resolved).map(choice => field("", choice, false, depth)));
  if (resolved.allOf) return element("ul", {}, resolved.allOf.flatMap(part => [...(members(part, depth)?.children ?? [])]));
  const entries = Object.entries(resolved.properties ?? {});
  return entries.length ? element("ul", {}, entries.map(([name, member]) => field(name, member, resolved.required?.includes(name), depth))) : null;
};

const fields = schema => {
  const list = members(schema);
  list?.classList.add("fields");
  return list;
};

// A body: its fields beside an example of it.
const body = content => Object.entries(content ?? {}).map(([type, media]) => {
  const schema = media.schema ?? {};
  const shown = Object.entries(media.examples ?? {}).map(([name, one]) => [name, one.value]);
  if (!shown.length) shown.push(["", media.example ?? example(schema)]);
  const isJson = type.includes("json");
  const names = isJson || type.includes("form") ? fields(schema) : null;
  return element("div", {},
    element("h3", {}, nameOf(schema) ?? (names ? "Body" : kindOf(schema)), element("code", {}, type)),
    element("div", { class: "pair" }, names, isJson ? element("div", {}, shown.map(([name, value]) => [name ? element("p", {}, name) : null, coloured(pretty(value))])) : null));
});
