// Colour scales. Sequential: viridis (S. van der Walt and N. Smith, CC0), ordered in grey and for colour-blind
// readers. Diverging: brown to teal through near-white.
const kViridis = ["#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725"];
const kDiverging = ["#8c510a", "#bf812d", "#dfc27d", "#f6e8c3", "#f5f5f5", "#c7eae5", "#80cdc1", "#35978f", "#01665e"];

/** Lines of charts and categories without a colour of their own. */
export const kSeries = ["#1a6fb0", "#d95f02", "#1b9e77", "#c51b7d", "#7b3294", "#b8860b", "#4d4d4d"];

export function rgbOf(hex) {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function along(stops, fraction) {
  const place = Math.min(Math.max(fraction, 0), 1) * (stops.length - 1);
  const low = Math.min(Math.floor(place), stops.length - 2);
  const part = place - low;
  const [a, b] = [rgbOf(stops[low]), rgbOf(stops[low + 1])];
  return a.map((value, i) => Math.round(value * (1 - part) + b[i] * part));
}

export const sequential = (fraction) => along(kViridis, fraction);
export const diverging = (fraction) => along(kDiverging, fraction);
export const css = ([r, g, b]) => `rgb(${r},${g},${b})`;
