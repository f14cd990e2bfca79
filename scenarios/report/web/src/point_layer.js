// Points of the scenario (villages, platforms, stations), filled with the class of service of the shown terminal.
import * as L from "leaflet";
import { classColour } from "./class_colours.js";
import { h } from "./dom.js";
import { label } from "./i18n.js";
import { runOf, terminalsOf } from "./page_data.js";
import { shownLayers, state } from "./view_state.js";

export function drawPoints(group) {
  const one = runOf(state.variant);
  const classes = terminalsOf(one)[0]?.classes ?? [];
  const shown = shownLayers().find((layer) => layer.terminal)?.terminal;
  for (const points of Object.values(one.run.shapes?.points ?? {})) {
    for (const [id, place] of Object.entries(points.places ?? {})) {
      if (!Number.isFinite(place.x_m)) continue;
      const found = place.terminals?.[shown] ?? Object.values(place.terminals ?? {})[0];
      const kind = classes.find((kind) => kind.id === found?.class);
      const marker = L.circleMarker([place.y_m, place.x_m], { radius: 5, weight: 1.5, color: "#20262e", fillColor: kind ? classColour(kind.code) : "#ffffff", fillOpacity: 1 });
      group.addLayer(marker.bindTooltip(h("span", {}, `${label(place.name) || id}${kind ? `: ${label(kind)}` : ""}`)));
    }
  }
}
