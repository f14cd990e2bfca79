// What a reader must know before trusting the map.
import { h } from "./dom.js";
import { language, t } from "./i18n.js";
import { page } from "./page_data.js";
import { inChinese } from "./warning_texts.js";

/** Warnings of the run, and what the page itself leaves out. */
export function warningsOf(one) {
  const said = [...one.run.warnings, ...(page.compare?.warnings ?? [])];
  const all = said.map((text) => (language() === "zh" ? inChinese(text) : text));
  const thinned = page.layers.filter((layer) => layer.variant === one.id && layer.each > 1);
  if (thinned.length) all.push(t("warnings.thinned", thinned.length, Math.max(...thinned.map((layer) => layer.each))));
  if (page.left_out.length) all.push(t("warnings.left_out", page.left_out.length));
  return all;
}

export function warningsSection(one) {
  const warnings = warningsOf(one);
  return h("section", { id: "warnings" }, h("h2", {}, t("nav.warnings")),
    warnings.length ? h("ul", { class: "warnings" }, warnings.map((text) => h("li", {}, text))) : h("p", {}, t("warnings.none")));
}
