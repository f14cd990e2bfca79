// Routes as lines; along them how the first of their terminals fares.
import * as L from "leaflet";
import { h } from "./dom.js";
import { runOf } from "./page_data.js";
import { label } from "./i18n.js";
import { state } from "./view_state.js";

/** Rows of a route's table by terminal: indices in the order of chainage. */
export function rowsByTerminal(table) {
  const rows = new Map();
  const count = (table.chainage_m ?? table.chainage_km ?? []).length;
  for (let i = 0; i < count; ++i) {
    const terminal = table.terminal?.[i] ?? "";
    if (!rows.has(terminal)) rows.set(terminal, []);
    rows.get(terminal).push(i);
  }
  return rows;
}

export function drawRoutes(group) {
  const one = runOf(state.variant);
  for (const [id, table] of Object.entries(one.routes ?? {})) {
    if (!table.x_m) continue;
    const [rows] = rowsByTerminal(table).values();
    const points = (rows ?? []).filter((i) => table.x_m[i] !== null).map((i) => [table.y_m[i], table.x_m[i]]);
    if (points.length < 2) continue;
    const name = label(one.run.shapes?.routes?.[id]?.name) || id;
    group.addLayer(L.polyline(points, { color: "#ffffff", weight: 5, opacity: 0.9, interactive: false }));
    group.addLayer(L.polyline(points, { color: "#20262e", weight: 2, opacity: 1 }).bindTooltip(h("span", {}, name), { sticky: true }));
  }
}
