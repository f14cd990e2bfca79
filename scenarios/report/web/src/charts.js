// Plots along a distance: uPlot with the page's colours and a read-out below.
import uPlot from "uplot";
import { h } from "./dom.js";
import { compact } from "./format.js";
import { kSeries } from "./colours.js";

const kInk = "#3b4754";
const kGrid = "#e6e9ed";
const kFont = '12px "Segoe UI", "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif';

const axis = (title) => ({ label: title, labelSize: 18, stroke: kInk, font: kFont, labelFont: kFont, grid: { stroke: kGrid, width: 1 }, ticks: { stroke: kGrid, width: 1 } });

/** series: [{name, values, colour, fill, unit}], x: numbers. Null leaves a gap. */
export function chart({ x, xTitle, yTitle, series, height = 220, range, logarithmic }) {
  const box = h("div", { class: "chart" });
  const options = (width) => ({
    width,
    height,
    padding: [10, 12, 0, 0],
    cursor: { y: false, points: { size: 6 } },
    legend: { live: true },
    scales: { x: { time: false }, y: logarithmic ? { distr: 3 } : range ? { range: () => range } : {} },
    axes: [{ ...axis(xTitle), size: 34, labelSize: 18, gap: 3 }, { ...axis(yTitle), size: 58, values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : compact(tick))) }],
    series: [
      { label: xTitle, value: (_, value) => compact(value) },
      ...series.map((one, i) => ({
        label: one.name,
        stroke: one.colour ?? kSeries[i % kSeries.length],
        width: one.width ?? 1.6,
        dash: one.dash,
        fill: one.fill,
        points: { show: one.points ?? false },
        spanGaps: false,
        value: (_, value) => (value === null || value === undefined ? "–" : `${compact(value)} ${one.unit ?? ""}`),
      })),
    ],
  });
  const data = [x, ...series.map((one) => one.values)];
  let plot = null;
  const draw = () => {
    const width = Math.floor(box.clientWidth);
    if (width < 80) return;
    if (plot === null) plot = new uPlot(options(width), data, box);
    else if (plot.width !== width) plot.setSize({ width, height });
  };
  new ResizeObserver(draw).observe(box);
  // A4 across holds some 1000 CSS pixels; anything wider would shrink the whole page.
  window.addEventListener("beforeprint", () => box.isConnected && plot?.setSize({ width: 980, height }));
  window.addEventListener("afterprint", () => box.isConnected && draw());
  return box;
}
