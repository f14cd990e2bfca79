// Numbers as people read them. A missing value is an en dash, never a zero.
export const kMissing = "–";

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** With thin spaces between thousands; `digits` after the point. */
export function number(value, digits = 0) {
  if (!isNumber(value)) return kMissing;
  const text = Math.abs(value) < 0.5 * 10 ** -digits ? (0).toFixed(digits) : value.toFixed(digits);
  const [whole, fraction] = text.replace("-", "−").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** Three significant digits or so, for values whose size is not known beforehand. */
export function compact(value) {
  if (!isNumber(value)) return kMissing;
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return number(value, 0);
  if (size >= 10) return number(value, 1);
  if (size >= 0.1 || size === 0) return number(value, 2);
  return String(Number(value.toPrecision(2)));
}

/** What is not all is never rounded to all, nor something to nothing. */
export function percent(share, digits = 1) {
  if (!isNumber(share)) return kMissing;
  const least = 10 ** -digits;
  if (share > 0 && 100 * share < 0.5 * least) return `< ${number(least, digits)} %`;
  if (share < 1 && 100 * share > 100 - 0.5 * least) return `> ${number(100 - least, digits)} %`;
  return `${number(100 * share, digits)} %`;
}
export const withUnit = (value, digits, unit) =>
  isNumber(value) ? `${number(value, digits)} ${unit}` : kMissing;
export const mbps = (bps) => (isNumber(bps) ? rate(bps * 1e-6) : kMissing);

export function rate(mbit) {
  if (!isNumber(mbit)) return kMissing;
  return `${number(mbit, mbit >= 100 ? 0 : mbit >= 1 ? 1 : 2)} Mbit/s`;
}

export const bytes = (size) =>
  !isNumber(size) ? kMissing : size >= 1e6 ? `${number(size / 1e6, 1)} MB` : `${number(size / 1e3, 1)} kB`;

/** "38.412° N 86.003° E" */
export function position(lon, lat, digits = 4) {
  if (!isNumber(lon) || !isNumber(lat)) return kMissing;
  return `${Math.abs(lat).toFixed(digits)}° ${lat < 0 ? "S" : "N"}  ${Math.abs(lon).toFixed(digits)}° ${lon < 0 ? "W" : "E"}`;
}
