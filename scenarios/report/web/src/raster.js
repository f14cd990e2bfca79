// A layer in memory: codes on a grid of the analysis plane.
import { kNoValue, unpackCodes } from "./layer_codec.js";
import { findLayer } from "./page_data.js";

export class Raster {
  constructor(layer, codes) {
    this.layer = layer;
    this.codes = codes;
    this.columns = layer.columns;
    this.rows = layer.rows;
    this.side = layer.pixel_m * layer.each;
  }

  valueOf(code) {
    return code === kNoValue ? null : this.layer.offset + this.layer.scale * code;
  }

  /** Column and row of a place, or null beyond the map. */
  pixelAt(x, y) {
    const column = Math.floor((x - this.layer.left_m) / this.side);
    const row = Math.floor((this.layer.top_m - y) / this.side);
    const inside = column >= 0 && row >= 0 && column < this.columns && row < this.rows;
    return inside ? { column, row } : null;
  }

  at(x, y) {
    const pixel = this.pixelAt(x, y);
    return pixel ? this.valueOf(this.codes[pixel.row * this.columns + pixel.column]) : null;
  }

  /** Pixels of the map by code, those without a value left out. */
  counts() {
    if (!this.counted) {
      this.counted = new Map();
      for (const code of this.codes) {
        if (code !== kNoValue) this.counted.set(code, (this.counted.get(code) ?? 0) + 1);
      }
    }
    return this.counted;
  }
}

const loaded = new Map();

/** The raster of a layer; unpacked on first use. */
export function rasterOf(layer) {
  if (!loaded.has(layer)) {
    const blob = document.getElementById(layer.blob);
    loaded.set(
      layer,
      unpackCodes(blob.textContent, layer.columns, layer.rows).then((codes) => new Raster(layer, codes)),
    );
  }
  return loaded.get(layer);
}

/** One layer less another of the same kind, on the first one's grid; none where either has none. */
export async function differenceOf(layer, base) {
  const [a, b] = await Promise.all([rasterOf(layer), rasterOf(base)]);
  const scale = Math.max(layer.scale, base.scale);
  const codes = new Int16Array(a.codes.length);
  let low = Infinity;
  let high = -Infinity;
  for (let row = 0; row < a.rows; ++row) {
    const y = layer.top_m - (row + 0.5) * a.side;
    for (let column = 0; column < a.columns; ++column) {
      const i = row * a.columns + column;
      const value = a.valueOf(a.codes[i]);
      const other = value === null ? null : b.at(layer.left_m + (column + 0.5) * a.side, y);
      if (value === null || other === null) {
        codes[i] = kNoValue;
        continue;
      }
      codes[i] = Math.round((value - other) / scale);
      low = Math.min(low, value - other);
      high = Math.max(high, value - other);
    }
  }
  const unit = layer.unit.startsWith("dBm") ? "dB" : layer.unit;
  const described = { ...layer, unit, scale, offset: 0, low, high, difference: true };
  return new Raster(described, codes);
}

export const rasterOfLayer = (variant, terminal, name) => {
  const layer = findLayer(variant, terminal, name);
  return layer ? rasterOf(layer) : null;
};
