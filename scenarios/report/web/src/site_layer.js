// Sites with the directions of their cells; names where there is room.
import * as L from "leaflet";
import { h, svg } from "./dom.js";
import { number } from "./format.js";
import { label, onLanguage, t } from "./i18n.js";
import { runOf } from "./page_data.js";
import { state } from "./view_state.js";

function icon(site, withSpokes) {
  const size = withSpokes ? 40 : 12;
  const middle = size / 2;
  const drawing = svg("svg", { width: size, height: size, viewBox: `0 0 ${size} ${size}` });
  if (withSpokes) {
    const azimuths = new Set(site.cells.map((cell) => Math.round(cell.azimuth_deg)));
    for (const azimuth of azimuths) {
      drawing.append(
        svg("path", {
          d: `M ${middle} ${middle} L ${middle - 3.4} 3.5 Q ${middle} 0.5 ${middle + 3.4} 3.5 Z`,
          transform: `rotate(${azimuth} ${middle} ${middle})`,
          class: "site-sector",
        }),
      );
    }
  }
  drawing.append(svg("circle", { cx: middle, cy: middle, r: 4, class: "site-dot" }));
  return L.divIcon({ html: drawing, className: "site-icon", iconSize: [size, size] });
}

function popup(site) {
  const rows = site.cells.map((cell) =>
    h("tr", {}, h("td", {}, cell.id), h("td", {}, `${cell.carrier} · ${number(cell.frequency_mhz, 0)} MHz`),
      h("td", { class: "number" }, `${number(cell.azimuth_deg, 0)}°`),
      h("td", { class: "number" }, `${number(cell.height_agl_m, 0)} m`),
      h("td", { class: "number" }, `${number(cell.power_dbm, 1)} dBm`)),
  );
  return h("div", { class: "site-popup" }, h("h4", {}, label(site.name) || site.id),
    h("p", {}, t("site.ground", number(site.ground_amsl_m, 0))),
    h("table", {}, h("thead", {}, h("tr", {}, h("th", {}, t("site.cell")), h("th", {}, t("site.carrier")), h("th", {}, t("site.azimuth")), h("th", {}, t("site.height")), h("th", {}, t("site.power")))),
      h("tbody", {}, rows)));
}

/** Beyond this many, sites are dots. */
const kManySites = 150;

export class SiteLayer {
  constructor(map) {
    this.map = map;
    this.group = L.layerGroup().addTo(map);
    map.on("zoomend", () => this.placeLabels());
    onLanguage(() => map.closePopup());
  }

  refresh() {
    this.group.clearLayers();
    this.markers = [];
    if (!state.sites) return;
    const sites = (runOf(state.variant).run.sites ?? []).filter((site) => Number.isFinite(site.x_m));
    for (const site of sites) {
      const marker = L.marker([site.y_m, site.x_m], { icon: icon(site, sites.length <= kManySites), keyboard: false });
      marker.bindPopup(() => popup(site), { maxWidth: 420 });
      this.group.addLayer(marker);
      this.markers.push({ marker, site });
    }
    this.placeLabels();
  }

  /** Names from the first site on, each where no earlier one lies. */
  placeLabels() {
    const taken = [];
    for (const { marker, site } of this.markers ?? []) {
      marker.unbindTooltip();
      const name = label(site.name) || site.id;
      const at = this.map.latLngToContainerPoint(marker.getLatLng());
      const width = 12 + [...name].reduce((sum, c) => sum + (c > "\u2e80" ? 12 : 6.4), 0);
      const box = { left: at.x + 8, right: at.x + 8 + width, top: at.y - 10, bottom: at.y + 10 };
      const free = state.labels && taken.every((b) => box.right < b.left || box.left > b.right || box.bottom < b.top || box.top > b.bottom);
      if (free) taken.push(box);
      marker.bindTooltip(h("span", {}, name), { permanent: free, direction: "right", offset: [8, 0], className: "site-label" });
    }
  }
}
