// Service along a route as a strip of colours.
import { classColour } from "./class_colours.js";
import { h } from "./dom.js";
import { number } from "./format.js";
import { label } from "./i18n.js";

const kCodes = { unknown: 0, none: 1, without_access: 2, weak: 3, effective: 4, continuous: 5 };

/** rows: indices into the table in order of chainage. */
export function classStrip(table, rows, classes) {
  const strip = h("div", { class: "strip" });
  const chainage = rows.map((i) => table.chainage_m[i]);
  const from = chainage[0];
  const length = Math.max(chainage[chainage.length - 1] - from, 1);
  for (let i = 0; i < rows.length; ) {
    const found = table.class[rows[i]];
    let j = i;
    while (j + 1 < rows.length && table.class[rows[j + 1]] === found) ++j;
    const end = j + 1 < rows.length ? chainage[j + 1] : chainage[j];
    const name = label(classes?.find((one) => one.id === found)) || found || "";
    strip.append(h("i", {
      style: `left: ${(100 * (chainage[i] - from)) / length}%; width: ${(100 * (end - chainage[i])) / length}%; background: ${classColour(kCodes[found] ?? 0)}`,
      title: `${name}: ${number(chainage[i] / 1000, 1)}–${number(end / 1000, 1)} km`,
    }));
    i = j + 1;
  }
  return strip;
}

export const classKey = (classes) =>
  h("ul", { class: "class-key" }, [...(classes ?? [])].reverse().filter((one) => one.code > 0).map((one) => h("li", {}, h("i", { style: `background: ${classColour(one.code)}` }), label(one))));
