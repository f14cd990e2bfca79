// How a layer is coloured and read: ranges of the scales are fixed, so that maps can be compared.
import { css, diverging, kSeries, rgbOf, sequential } from "./colours.js";
import { kMissing, number, percent, rate, withUnit } from "./format.js";
import { label, splitLabel, t, tOr } from "./i18n.js";
import { runOf, terminalsOf } from "./page_data.js";

const kScales = {
  rsrp: { low: -130, high: -70, ticks: [-130, -120, -110, -100, -90, -80, -70] },
  sinr: { low: -10, high: 30, ticks: [-10, 0, 10, 20, 30] },
  pdsch_sinr: { low: -10, high: 30, ticks: [-10, 0, 10, 20, 30] },
  dl_rate: { low: 1, high: 1000, ticks: [1, 10, 100, 1000], logarithmic: true },
  dl_rate_loaded: { low: 1, high: 1000, ticks: [1, 10, 100, 1000], logarithmic: true },
  ul_rate: { low: 0.1, high: 100, ticks: [0.1, 1, 10, 100], logarithmic: true },
  probability: { low: 0, high: 1, ticks: [0, 0.25, 0.5, 0.75, 1] },
  availability: { low: 0, high: 100, ticks: [0, 25, 50, 75, 100] },
  binding_amount: { low: -20, high: 20, ticks: [-20, -10, 0, 10, 20], both: true },
  access_margin: { low: -40, high: 40, ticks: [-40, -20, 0, 20, 40], both: true },
  server_margin: { low: 0, high: 30, ticks: [0, 10, 20, 30] },
};
const kMargin = { low: -20, high: 20, ticks: [-20, -10, 0, 10, 20], both: true };

const kDifferences = {
  rsrp: 20,
  sinr: 20,
  pdsch_sinr: 20,
  dl_rate: 200,
  dl_rate_loaded: 200,
  ul_rate: 50,
  probability: 1,
  availability: 50,
};

function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value);
}

function scaleOf(layer) {
  if (layer.difference) {
    const most = Math.max(Math.abs(layer.low), Math.abs(layer.high), 1e-6);
    const end = kDifferences[layer.layer] ?? roundUp(Number.isFinite(most) ? most : 1);
    return { low: -end, high: end, ticks: [-end, -end / 2, 0, end / 2, end], both: true };
  }
  if (kScales[layer.layer]) return kScales[layer.layer];
  if (layer.layer.startsWith("margin_")) return kMargin;
  const [low, high] = [layer.low ?? 0, layer.high ?? 1];
  if (layer.unit === "1") return kScales.probability;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => low + part * (high - low));
  return { low, high: high > low ? high : low + 1, ticks };
}

/** Place of a value on its scale, 0 to 1. */
function fractionOf(scale, value) {
  if (!scale.logarithmic) return (value - scale.low) / (scale.high - scale.low);
  if (value <= scale.low) return 0;
  return Math.log(value / scale.low) / Math.log(scale.high / scale.low);
}

/** Categories with both languages: the record of the run knows more than the file. */
export function categoriesOf(layer) {
  if (!layer.categories) return null;
  const terminal = terminalsOf(runOf(layer.variant)).find((one) => one.id === layer.terminal);
  const known = { class: terminal?.classes, binding: terminal?.limits }[layer.layer] ?? [];
  if (layer.categories.length === 0) {
    // Plain counts, such as servers.
    const from = Math.max(layer.low ?? 0, 0);
    const counts = [];
    for (let code = from; code <= (layer.high ?? from) && counts.length < 32; ++code) {
      const colour = css(sequential(1 - (code - from) / Math.max(layer.high - from, 1)));
      counts.push({ code, name: String(code), colour, opaque: code > 0 });
    }
    return counts;
  }
  return layer.categories.map((one) => {
    const names = known.find((other) => other.code === one.code);
    return {
      code: one.code,
      name: names ? label(names) : tOr(`category.${one.name}`, splitLabel(one.name)),
      colour: one.rgb === "#000000" && one.opaque ? kSeries[one.code % kSeries.length] : one.rgb,
      opaque: one.opaque,
      unit: names?.unit,
    };
  });
}

/** Colours by code: table[code + 32768], as ImageData wants them (ABGR in a Uint32Array). */
export function colourTable(layer) {
  const table = new Uint32Array(65536);
  const put = (code, [r, g, b]) => (table[code + 32768] = (255 << 24) | (b << 16) | (g << 8) | r);
  const categories = layer.difference ? null : categoriesOf(layer);
  if (categories) {
    for (const one of categories) {
      if (!one.opaque) continue;
      put(one.code, one.colour.startsWith("#") ? rgbOf(one.colour) : one.colour.match(/\d+/g).map(Number));
    }
    return table;
  }
  const scale = scaleOf(layer);
  const colour = scale.both ? diverging : sequential;
  for (let code = -32767; code < 32768; ++code) {
    put(code, colour(fractionOf(scale, layer.offset + layer.scale * code)));
  }
  return table;
}

const digitsOf = (layer) => Math.max(0, Math.min(3, Math.ceil(-Math.log10(layer.scale) - 1e-9)));

/** A value of a layer as text, with its unit. */
export function valueText(layer, value) {
  if (value === null || value === undefined) return kMissing;
  const sign = layer.difference && value > 0 ? "+" : "";
  if (layer.categories && layer.difference) {
    return value === 0 ? t("map.same") : `${sign}${number(value)} ${t("map.steps")}`;
  }
  if (layer.categories) {
    return categoriesOf(layer).find((one) => one.code === value)?.name ?? String(value);
  }
  if (layer.unit === "1") return sign + percent(value, digitsOf(layer) > 2 ? 1 : 0);
  if (layer.unit === "Mbit/s" && !layer.difference) return rate(value);
  return sign + withUnit(value, digitsOf(layer), layer.unit);
}

export function tickText(layer, value) {
  if (layer.unit === "1") return percent(value, 0);
  return number(value, value !== 0 && Math.abs(value) < 1 ? 1 : Number.isInteger(value) ? 0 : 1);
}

/** What a legend of numbers shows: a gradient and ticks at fractions. */
export function legendScale(layer) {
  const scale = scaleOf(layer);
  const colour = scale.both ? diverging : sequential;
  const stops = Array.from({ length: 21 }, (_, i) => css(colour(i / 20)));
  return {
    gradient: `linear-gradient(to right, ${stops.join(", ")})`,
    ticks: scale.ticks.map((value) => ({ at: fractionOf(scale, value), text: tickText(layer, value) })),
    unit: layer.unit === "1" ? "" : layer.unit,
  };
}

export const layerName = (layer) => tOr(`layer.${layer.layer}`, splitLabel(layer.description || layer.layer));
