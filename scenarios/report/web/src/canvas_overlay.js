// A canvas at the data's own resolution, laid onto the map: a pixel of it is a pixel of the layer at every zoom.
import * as L from "leaflet";

export const CanvasOverlay = L.ImageOverlay.extend({
  initialize(canvas, bounds, options) {
    L.ImageOverlay.prototype.initialize.call(this, "", bounds, options);
    this.canvas = canvas;
  },

  _initImage() {
    const element = this.canvas;
    this._image = element;
    L.DomUtil.addClass(element, "leaflet-image-layer");
    if (this._zoomAnimated) L.DomUtil.addClass(element, "leaflet-zoom-animated");
    element.onselectstart = L.Util.falseFn;
    element.onmousemove = L.Util.falseFn;
  },
});

/** Corners of a raster on the plane, as Leaflet's (y, x). */
export function boundsOf({ layer, columns, rows, side }) {
  return L.latLngBounds(
    [layer.top_m - rows * side, layer.left_m],
    [layer.top_m, layer.left_m + columns * side],
  );
}

export function canvasOf(columns, rows) {
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  return canvas;
}

/** Paints a raster's codes through a colour table. */
export function paintRaster(raster, table) {
  const canvas = canvasOf(raster.columns, raster.rows);
  const context = canvas.getContext("2d");
  const image = context.createImageData(raster.columns, raster.rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; ++i) pixels[i] = table[raster.codes[i] + 32768];
  context.putImageData(image, 0, 0);
  return canvas;
}
