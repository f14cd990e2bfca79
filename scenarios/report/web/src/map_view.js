// The map: relief, layers, routes and sites on the analysis plane in metres.
import * as L from "leaflet";
import { boundsOf, canvasOf, CanvasOverlay, paintRaster } from "./canvas_overlay.js";
import { h } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { colourTable } from "./layer_style.js";
import { findLayer, layerKey, page } from "./page_data.js";
import { differenceOf, rasterOf, rasterOfLayer } from "./raster.js";
import { paintCoast, paintRelief } from "./relief.js";
import { drawRoutes } from "./route_layer.js";
import { drawPoints } from "./point_layer.js";
import { SiteLayer } from "./site_layer.js";
import { shownLayers, state } from "./view_state.js";

/** The raster to draw for a layer: its own, or what it is more than the base variant's. */
export function drawnRaster(layer) {
  // Names have no difference; classes of service and counts have.
  const hasDifference = !layer.categories?.length || layer.layer === "class";
  const base = state.base === null || !hasDifference ? null : findLayer(state.base, layer.terminal, layer.layer);
  if (!base || base === layer) return rasterOf(layer);
  const key = `${layer.blob}-${base.blob}`;
  if (!differences.has(key)) differences.set(key, differenceOf(layer, base));
  return differences.get(key);
}
const differences = new Map();

export class MapView {
  constructor(element) {
    this.map = L.map(element, {
      crs: L.CRS.Simple,
      minZoom: -14,
      maxZoom: 0,
      zoomSnap: 0.25,
      zoomDelta: 0.5,
      wheelPxPerZoomLevel: 120,
      attributionControl: false,
      preferCanvas: true,
    });
    this.map.createPane("relief").style.zIndex = 150;
    this.map.createPane("layers").style.zIndex = 250;
    this.map.createPane("coast").style.zIndex = 300;
    this.overlays = new Map();
    L.control.scale({ imperial: false, maxWidth: 140 }).addTo(this.map);
    this.addButtons();
    this.bounds = this.extent();
    this.fit();
    this.sharpen();
    this.sites = new SiteLayer(this.map);
    this.routes = L.layerGroup().addTo(this.map);
    this.drawRelief();
    this.map.on("zoomend", () => this.sharpen());
    onLanguage(() => this.refresh());
  }

  /** Pixels with sharp edges when they are larger than the screen's, else blended. */
  sharpen() {
    const side = Math.min(...page.layers.map((layer) => layer.pixel_m * layer.each));
    this.map.getContainer().classList.toggle("magnified", side * 2 ** this.map.getZoom() > 1.2);
  }

  extent() {
    const bounds = L.latLngBounds([]);
    for (const layer of page.layers) {
      bounds.extend(boundsOf({ layer, columns: layer.columns, rows: layer.rows, side: layer.pixel_m * layer.each }));
    }
    return bounds.isValid() ? bounds : L.latLngBounds([0, 0], [1000, 1000]);
  }

  fit() {
    this.map.fitBounds(this.bounds, { animate: false });
    const fitted = this.map.getZoom();
    this.map.setMinZoom(fitted - 1);
    const side = Math.min(...page.layers.map((layer) => layer.pixel_m), 1000);
    this.map.setMaxZoom(Math.max(fitted + 1, Math.log2(28 / side)));
    this.map.setMaxBounds(this.bounds.pad(0.5));
  }

  /** Fits the map as it is on the screen into a box on paper, CSS pixels. */
  shrinkTo(width, height) {
    const box = this.map.getContainer();
    const [wide, high] = [box.clientWidth, box.clientHeight];
    box.style.width = `${wide}px`;
    box.style.height = `${high}px`;
    box.style.zoom = Math.min(width / wide, height / high, 1);
  }

  backToScreen() {
    const box = this.map.getContainer();
    box.style.width = box.style.height = box.style.zoom = "";
  }

  addButtons() {
    const whole = L.control({ position: "topleft" });
    whole.onAdd = () => {
      const button = h("button", { type: "button", class: "map-button", onclick: () => this.map.fitBounds(this.bounds) }, "⤢");
      onLanguage(() => button.setAttribute("title", t("map.whole")));
      button.title = t("map.whole");
      L.DomEvent.disableClickPropagation(button);
      return h("div", { class: "leaflet-bar" }, button);
    };
    whole.addTo(this.map);
  }

  async drawRelief() {
    const ground = await rasterOfLayer(state.variant, "", "ground");
    const zone = await rasterOfLayer(state.variant, "", "zone");
    const raster = ground ?? zone;
    this.reliefDrawn = raster !== null;
    if (raster) {
      const canvas = canvasOf(raster.columns, raster.rows);
      canvas.getContext("2d").putImageData(paintRelief(ground, zone), 0, 0);
      canvas.classList.add("relief");
      this.relief = new CanvasOverlay(canvas, boundsOf(raster), { pane: "relief" });
    }
    if (zone) {
      const canvas = canvasOf(zone.columns, zone.rows);
      canvas.getContext("2d").putImageData(paintCoast(zone), 0, 0);
      this.coast = new CanvasOverlay(canvas, boundsOf(zone), { pane: "coast", opacity: 0.75 });
    }
    this.refresh();
  }

  /** Whether all that was asked for is on the map. */
  isDrawn() {
    return this.ready !== undefined && this.ready === this.turn;
  }

  /** Brings the map to what `state` says. */
  async refresh() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    if (this.reliefDrawn === undefined) return; // drawRelief() comes back here
    for (const ground of [this.relief, this.coast]) {
      if (state.relief) ground?.addTo(this.map);
      else ground?.remove();
    }
    this.routes.clearLayers();
    if (state.routes) {
      drawRoutes(this.routes);
      drawPoints(this.routes);
    }
    this.sites.refresh();
    const wanted = shownLayers();
    const rasters = await Promise.all(wanted.map(drawnRaster));
    if (turn !== this.turn) return; // changed again meanwhile
    const kept = new Set();
    wanted.forEach((layer, i) => {
      const raster = rasters[i];
      const key = `${layerKey(layer)}@${state.variant}-${state.base}`;
      kept.add(key);
      if (!this.overlays.has(key)) {
        const overlay = new CanvasOverlay(paintRaster(raster, colourTable(raster.layer)), boundsOf(raster), { pane: "layers" });
        this.overlays.set(key, overlay.addTo(this.map));
      }
      const overlay = this.overlays.get(key);
      overlay.setOpacity(state.shown.get(layerKey(layer)));
      overlay.bringToFront();
    });
    for (const [key, overlay] of this.overlays) {
      if (kept.has(key)) continue;
      overlay.remove();
      this.overlays.delete(key);
    }
    this.ready = turn;
  }

  onPointer(listener) {
    // Not Leaflet's own event: over its canvas it drops moves that follow each other quickly, the last one too.
    this.map.getContainer().addEventListener("mousemove", (event) => {
      const { lat, lng } = this.map.mouseEventToLatLng(event);
      listener(lng, lat);
    });
  }

  popup(x, y, content) {
    L.popup({ maxWidth: 420 }).setLatLng([y, x]).setContent(content).openOn(this.map);
  }

  onClick(listener) {
    this.map.on("click", (event) => listener(event.latlng.lng, event.latlng.lat));
  }
}
