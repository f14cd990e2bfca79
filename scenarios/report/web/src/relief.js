// The ground below the coverage: sea and land in quiet colours, shaded by the relief, with the coast's outline.
import { kNoValue } from "./layer_codec.js";
import { rgbOf } from "./colours.js";

const kSea = rgbOf("#d3e5f2");
const kLand = rgbOf("#f4f1e9");
const kHigh = rgbOf("#d9cbb5");
const kCoast = rgbOf("#4b7396");
const kUnknown = rgbOf("#e3e3e6");

const kSeaZone = 0;

/** The sea's pixels that touch land, as an image of their own: it stays to be seen above the layers. */
export function paintCoast(zone) {
  const { columns, rows, codes } = zone;
  const image = new ImageData(columns, rows);
  for (let row = 0, i = 0; row < rows; ++row) {
    for (let column = 0; column < columns; ++column, ++i) {
      if (codes[i] !== kSeaZone) continue;
      const shore =
        (column > 0 && codes[i - 1] > 0) || (column + 1 < columns && codes[i + 1] > 0) ||
        (row > 0 && codes[i - columns] > 0) || (row + 1 < rows && codes[i + columns] > 0);
      if (shore) image.data.set([...kCoast, 255], 4 * i);
    }
  }
  return image;
}

/** Typical steepness, so that dunes and gorges both show: the 90th percentile of slopes of a sample. */
function typicalSlope(raster) {
  const slopes = [];
  const step = Math.max(1, Math.floor(raster.codes.length / 20000));
  for (let i = 0; i + 1 < raster.codes.length; i += step) {
    const [a, b] = [raster.codes[i], raster.codes[i + 1]];
    if (a === kNoValue || b === kNoValue || (i + 1) % raster.columns === 0) continue;
    slopes.push((Math.abs(a - b) * raster.layer.scale) / raster.side);
  }
  slopes.sort((x, y) => x - y);
  return slopes[Math.floor(slopes.length * 0.9)] || 0;
}

/** Paints ground (a Raster, or null) and zone (the same grid, or null) into an ImageData of that grid. */
export function paintRelief(ground, zone) {
  const { columns, rows } = ground ?? zone;
  const image = new ImageData(columns, rows);
  const heights = ground?.codes;
  const same = zone && ground && zone.columns === columns && zone.rows === rows && zone.layer.each === ground.layer.each;
  const zoneAt = (column, row) => {
    if (!zone) return 2;
    if (same || !ground) return zone.codes[row * columns + column];
    const x = ground.layer.left_m + (column + 0.5) * ground.side;
    const y = ground.layer.top_m - (row + 0.5) * ground.side;
    return zone.at(x, y) ?? kNoValue;
  };
  const scale = ground?.layer.scale ?? 1;
  const [low, high] = [Math.max(ground?.layer.low ?? 0, 0), ground?.layer.high ?? 1];
  // Light from the north-west. The shading's strength follows the steepness found.
  const strength = ground ? Math.min(0.45 / Math.max(typicalSlope(ground), 1e-4), 40) / ground.side : 0;
  for (let row = 0; row < rows; ++row) {
    for (let column = 0; column < columns; ++column) {
      const i = row * columns + column;
      const here = heights ? heights[i] : 0;
      const where = zoneAt(column, row);
      let colour = kUnknown;
      let shade = 1;
      if (where === kSeaZone) {
        colour = kSea;
      } else if (!heights || here !== kNoValue) {
        const tint = heights ? Math.min(Math.max((here * scale - low) / Math.max(high - low, 1), 0), 1) : 0;
        colour = kLand.map((value, k) => value + tint * (kHigh[k] - value));
        if (heights && column > 0 && row > 0) {
          const [west, north] = [heights[i - 1], heights[i - columns]];
          if (west !== kNoValue && north !== kNoValue) {
            const slope = (here - west + here - north) * scale * strength * 0.7;
            shade = 1 + Math.max(-0.32, Math.min(0.18, 0.32 * slope));
          }
        }
      }
      const at = 4 * i;
      for (let k = 0; k < 3; ++k) image.data[at + k] = colour[k] * shade;
      image.data[at + 3] = 255;
    }
  }
  return image;
}
