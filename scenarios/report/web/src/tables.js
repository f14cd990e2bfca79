// Tables of numbers: right-aligned, with units in the head.
import { h } from "./dom.js";

/** columns: [{title, number}], rows: arrays of cells (text or nodes); notes below. */
export function table(columns, rows, options = {}) {
  const cell = (tag, content, column) => h(tag, { class: [column.number ? "number" : "", tag === "th" && /^[a-z]+\b(?!\d)/.test(content) && !/^km²?/.test(content) ? "capital" : ""].join(" ").trim() || null }, content);
  return h("div", { class: "table-box" },
    h("table", { class: options.class ?? "data" },
      options.caption ? h("caption", {}, options.caption) : null,
      h("thead", {}, h("tr", {}, columns.map((column) => cell("th", column.title, column)))),
      h("tbody", {}, rows.map((row) => {
        const attributes = row.attributes ?? {};
        return h("tr", attributes, (row.cells ?? row).map((content, i) => cell("td", content, columns[i])));
      }))));
}

/** Name and value in two columns. */
export const facts = (pairs) =>
  h("dl", { class: "facts" }, pairs.filter(Boolean).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));

/** A share as a bar with its number. */
export const bar = (share, colour, text) =>
  h("span", { class: "bar" }, h("i", { style: `width: ${Math.max(0, Math.min(1, share ?? 0)) * 100}%; background: ${colour}` }), h("b", {}, text));

/** Shares of a whole side by side: [{share, colour, name}]. */
export const stackedBar = (parts) =>
  h("span", { class: "stacked" }, parts.filter((part) => part.share > 0).map((part) => h("i", { style: `flex-grow: ${part.share}; background: ${part.colour}`, title: part.name })));
