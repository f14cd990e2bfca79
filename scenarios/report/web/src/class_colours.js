// Colours of the classes of service: as the map's own file has them.
import { page } from "./page_data.js";

const kOtherwise = ["#ffffff", "#bdbdbd", "#c51b7d", "#fdae61", "#74add1", "#1a6fb0"];

export function classColour(code) {
  const layer = page.layers.find((one) => one.layer === "class");
  return layer?.categories?.find((one) => one.code === code)?.rgb ?? kOtherwise[code] ?? "#999999";
}
