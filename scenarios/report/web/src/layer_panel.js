// Beside the map: which layers are shown and how strongly, with their legends.
import { h, replace } from "./dom.js";
import { number, percent } from "./format.js";
import { label, t } from "./i18n.js";
import { categoriesOf, layerName, legendScale } from "./layer_style.js";
import { drawnRaster } from "./map_view.js";
import { layerKey, runOf, terminalName } from "./page_data.js";
import { changed, showOnly, shownLayers, state, switchable, toggle } from "./view_state.js";

function legendOf(layer) {
  const legend = h("div", { class: "legend" });
  drawnRaster(layer).then((raster) => {
    const shown = raster.layer;
    const categories = shown.difference ? null : categoriesOf(shown);
    if (!categories) {
      const scale = legendScale(shown);
      replace(legend, h("div", { class: "ramp", style: `background: ${scale.gradient}` }),
        h("div", { class: "ticks" }, scale.ticks.map((tick) => h("span", { style: `left: ${100 * tick.at}%` }, tick.text))),
        h("div", { class: "legend-unit" }, shown.difference ? `${t("map.difference_unit")}${scale.unit ? `, ${scale.unit}` : ""}` : scale.unit));
      return;
    }
    const counts = raster.counts();
    const all = categories.reduce((sum, one) => sum + (one.opaque ? counts.get(one.code) ?? 0 : 0), 0);
    const present = categories.filter((one) => one.opaque && counts.get(one.code) > 0);
    const ordered = layer.layer === "class" ? present.reverse() : present;
    const kMost = 14;
    replace(legend, h("ul", { class: "categories" }, ordered.slice(0, kMost).map((one) =>
      h("li", {}, h("i", { style: `background: ${one.colour}` }), h("span", {}, one.name), h("b", {}, percent(counts.get(one.code) / all))))),
      ordered.length > kMost ? h("p", { class: "hint" }, t("map.more", ordered.length - kMost)) : null);
  });
  return legend;
}

function layerRow(layer) {
  const key = layerKey(layer);
  const on = state.shown.has(key);
  const opacity = h("input", {
    type: "range", min: 0.1, max: 1, step: 0.05, value: state.shown.get(key) ?? 0.8, title: t("map.opacity"), "aria-label": t("map.opacity"),
    oninput: (event) => { state.shown.set(key, Number(event.target.value)); changed("opacity"); },
  });
  return h("li", { class: on ? "layer on" : "layer", "data-layer": key },
    h("label", { class: "layer-check" }, h("input", { type: "checkbox", checked: on, "aria-label": layerName(layer), onchange: () => toggle(key) })),
    h("button", { type: "button", class: "layer-name", title: t("map.only"), onclick: () => showOnly(key) }, layerName(layer)),
    on ? h("span", { class: "opacity" }, opacity) : null,
    on ? legendOf(layer) : null,
    on && layer.each > 1 ? h("p", { class: "hint" }, t("map.thinned", layer.each, number(layer.each * layer.pixel_m, 0))) : null);
}

function group(title, layers, isOpen) {
  return h("details", { open: isOpen, class: "layer-group" }, h("summary", {}, title), h("ul", {}, layers.map(layerRow)));
}

function hasShapes() {
  const one = runOf(state.variant);
  return Object.keys(one.routes ?? {}).length > 0 || Object.keys(one.run.shapes?.points ?? {}).length > 0;
}

const opened = new Map();

/** Fills the panel anew. Groups stay open or closed as the reader left them. */
export function fillLayerPanel(element) {
  for (const details of element.querySelectorAll("details")) opened.set(details.dataset.group, details.open);
  const layers = switchable();
  const terminals = [...new Set(layers.map((layer) => layer.terminal))].filter(Boolean);
  const shownTerminals = new Set(shownLayers().map((layer) => layer.terminal));
  const groups = [...terminals, ""].map((terminal) => {
    const own = layers.filter((layer) => layer.terminal === terminal);
    if (own.length === 0) return null;
    const title = terminal ? label(terminalName(runOf(state.variant), terminal)) : t("map.network");
    const made = group(title, own, opened.get(terminal) ?? (shownTerminals.has(terminal) || terminals.length === 0));
    made.dataset.group = terminal;
    return made;
  });
  const base = h("div", { class: "base-switches" }, ["relief", "sites", "labels", "routes"].map((what) => {
    if (what === "routes" && !hasShapes()) return null;
    return h("label", {}, h("input", { type: "checkbox", checked: state[what], "data-switch": what, onchange: (event) => { state[what] = event.target.checked; changed(); } }), t(`map.${what}`));
  }));
  replace(element, groups, base);
}
