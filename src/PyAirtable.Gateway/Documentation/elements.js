// Everything is built as text nodes, so nothing that an answer or the description says can become markup.
const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null && child !== ""));
  return made;
};

const find = id => document.getElementById(id);

const badge = method => element("span", { class: `method ${method}` }, method.toUpperCase());

const statusTone = code => ({ 1: "moved", 2: "ok", 3: "moved", 4: "refused", 5: "failed" })[String(code)[0]] ?? "any";

// The parameters of a path stand out.
const pathText = path => element("span", { class: "path" }, path.split(/(\{[^}]*\})/).map((part, i) => i % 2 ? element("i", {}, part) : part));

const Json = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g;

// JSON text with keys, strings and other values in different colours.
const coloured = text => {
  const block = element("pre", { tabindex: "0" });
  let end = 0;
  for (const match of text.matchAll(Json)) {
    block.append(text.slice(end, match.index), element("span", { class: match[3] ? "n" : match[2] ? "k" : "s" }, match[1] ?? match[3]), match[2] ?? "");
    end = match.index + match[0].length;
  }
  block.append(text.slice(end));
  return block;
};

const pretty = value => JSON.stringify(value, null, 2);
