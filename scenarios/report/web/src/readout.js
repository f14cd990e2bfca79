// What lies below the cursor: position, ground, and the value of each visible layer's own pixel.
import { h, replace } from "./dom.js";
import { kMissing, position, withUnit } from "./format.js";
import { label, t } from "./i18n.js";
import { categoriesOf, layerName, valueText } from "./layer_style.js";
import { lonLatAt } from "./lonlat.js";
import { drawnRaster } from "./map_view.js";
import { findLayer, runOf, terminalName } from "./page_data.js";
import { rasterOf } from "./raster.js";
import { shownLayers, state, switchable } from "./view_state.js";

const title = (layer) => {
  const terminal = layer.terminal ? ` · ${label(terminalName(runOf(state.variant), layer.terminal))}` : "";
  return layerName(layer) + terminal;
};

/** The amount of a binding limit is in km for limits of distance, else in dB. */
async function unitAt(layer, x, y) {
  if (layer.layer !== "binding_amount") return layer;
  const binding = findLayer(layer.variant, layer.terminal, "binding");
  if (!binding) return layer;
  const code = (await rasterOf(binding)).at(x, y);
  const unit = categoriesOf(binding)?.find((one) => one.code === code)?.unit;
  return unit ? { ...layer, unit } : layer;
}

async function row(layer, raster, x, y, name) {
  const value = raster.at(x, y);
  const described = await unitAt(raster.layer, x, y);
  return h("tr", { "data-layer": `${layer.terminal}/${layer.layer}`, "data-value": value ?? "" }, h("td", {}, name), h("td", { class: "number" }, valueText(described, value)));
}

async function groundRows(x, y) {
  const rows = [];
  const ground = findLayer(state.variant, "", "ground");
  const zone = findLayer(state.variant, "", "zone");
  const where = zone ? (await rasterOf(zone)).at(x, y) : null;
  if (ground) {
    const raster = await rasterOf(ground);
    const kind = where === null ? "" : ` · ${valueText(zone, where)}`;
    rows.push(h("tr", { "data-layer": "/ground", "data-value": raster.at(x, y) ?? "" }, h("td", {}, t("map.ground")), h("td", { class: "number" }, withUnit(raster.at(x, y), 0, "m") + kind)));
  }
  return rows;
}

async function table(layers, x, y, drawn) {
  const at = lonLatAt(x, y);
  const rasters = await Promise.all(layers.map(drawn));
  // Many layers are told by terminal, few with their terminal's name.
  const grouped = layers.length > 4;
  const rows = await Promise.all(layers.map((layer, i) => row(layer, rasters[i], x, y, grouped ? layerName(layer) : title(layer))));
  for (let i = layers.length - 1; grouped && i >= 0; --i) {
    if (i > 0 && layers[i - 1].terminal === layers[i].terminal) continue;
    rows.splice(i, 0, h("tr", {}, h("th", { colspan: 2 }, layers[i].terminal ? label(terminalName(runOf(state.variant), layers[i].terminal)) : t("map.network"))));
  }
  return h("table", { class: "readout-table", "data-x": x, "data-y": y }, h("tbody", {},
    h("tr", { class: "place" }, h("td", {}, t("map.position")), h("td", { class: "number" }, at ? position(at.lon, at.lat) : kMissing)),
    await groundRows(x, y), rows));
}

/** Shows the place; nothing for null. */
export class Readout {
  constructor(element) {
    this.element = element;
    this.clear();
  }

  clear() {
    this.turn = (this.turn ?? 0) + 1;
    replace(this.element, h("p", { class: "hint" }, t("map.hover")));
  }

  async show(x, y) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const made = await table(shownLayers(), x, y, drawnRaster);
    if (turn === this.turn) replace(this.element, made);
  }
}

/** Every layer at a place, for a popup. */
export async function allValues(x, y) {
  return h("div", { class: "place-popup" }, h("h4", {}, t("map.all_values")), await table(switchable(), x, y, rasterOf));
}
