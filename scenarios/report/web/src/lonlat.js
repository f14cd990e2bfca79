// Longitude and latitude of a place on the analysis plane, between the nodes that the page holds.
import { page } from "./page_data.js";

export function lonLatAt(x, y) {
  const grid = page.lonlat;
  if (!grid) return null;
  const u = (x - grid.left_m) / grid.step_m;
  const v = (grid.top_m - y) / grid.step_m;
  const column = Math.min(Math.max(Math.floor(u), 0), grid.columns - 2);
  const row = Math.min(Math.max(Math.floor(v), 0), grid.rows - 2);
  const [fx, fy] = [u - column, v - row];
  const between = (values) => {
    const i = row * grid.columns + column;
    const upper = values[i] * (1 - fx) + values[i + 1] * fx;
    const lower = values[i + grid.columns] * (1 - fx) + values[i + grid.columns + 1] * fx;
    return upper * (1 - fy) + lower * fy;
  };
  return { lon: between(grid.lon_deg), lat: between(grid.lat_deg) };
}
