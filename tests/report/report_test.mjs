// The HTML report in headless Chromium, made from a small scenario on a coast: loads without complaint and without
// any network, layers switch, the read-out shows the raster's own values, language switches, text stays text.
// Environment: YONDER_EXECUTABLE; YONDER_CHROMIUM where the browser is not in the usual place.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Browser } from "./browser.mjs";
import { inChinese } from "../../scenarios/report/web/src/warning_texts.js";
import { kClaims, kLand, kPoints, kScenario, kTerrain, kVariants } from "./small_scenario.mjs";

const yonder = process.env.YONDER_EXECUTABLE;
const chromium = [process.env.YONDER_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => file && existsSync(file));
if (!chromium) {
  console.log("Skipped: there is no Chromium to open the report with (Debian: apt-get install chromium; or set YONDER_CHROMIUM)");
  process.exit(0);
}

const run = (program, ...args) => execFileSync(program, args, { encoding: "utf8", env: { ...process.env, YONDER_FIELD_CACHE: "off" } });

/** What GDAL reads at a place of the analysis plane; null where the raster has no value. */
function rasterValue(file, x, y) {
  const text = run("gdallocationinfo", "-valonly", "-geoloc", file, String(x), String(y)).trim();
  const value = text === "" || text === "nan" ? null : Number(text);
  return value;
}

/** The centre of a layer's pixel on the analysis plane. */
const centre = (layer, column, row) => [layer.left_m + (column + 0.5) * layer.each * layer.pixel_m, layer.top_m - (row + 0.5) * layer.each * layer.pixel_m];

// As the program words them (find_warnings, plan_warnings, clash_text, remote_text, shapes, compare).
const kSentences = [
  "terrain is synthetic (合成地形): shapes are plausible, not real",
  "the radius of 35 km cuts the map: 12 % of its rim is still at or above -115 dBm; a larger calculation.radius_km shows more",
  "17 pixels (0.3 %): no terrain data on the path",
  "17 pixels (0.3 %): value, but not every cell in reach could be evaluated",
  "4 pixels (0.0 %): out of model range: distance_m above 1000000",
  "3 cells cannot have root sequences of their own: more are needed within service.prach_reuse_km than there are (根序列不足)",
  "A1 and B2 share 3 roots at 41.2 km; 60.0 km needed: each may hear the other's terminals",
  "A1 and B2 share 1 root at 41.2 km; 60.0 km needed: A1 may hear B2's terminals",
  "… and 7 more pairs that share root sequences",
  "under a duct the downlink of A1 enters the uplink of B1 (52.1 km; clear to 42.8 km) by 31 us",
  "… and 9 more pairs of TDD cells under a duct",
  "route road: 1.5 of 10.0 km lie outside the analysis area and are not judged",
  "area box: 3.0 % of it lie outside the analysis area and are not judged",
  "points towns: 1 of 4 lie outside the analysis area and are not judged",
  "zones sea: no judged pixel lies 20 to 40 km from shore",
  "zones sea: 12 % of the map's sea 20 to 40 km from shore lie beyond every cell's radius and are not judged; a larger calculation.radius_km, or an area.bounding_box, counts them",
  "high was run by another build of yonder (abc) than low (def)",
  "low and high have maps of other grids: their figures are compared, their maps are not; the same area.bounding_box and pixel_m make them comparable",
  "covered area at -105 dBm, as a site's radius", "area with service, car, as a site's radius",
];

describe("Sentences of the run", () => {
  it("have their Chinese form", () => {
    for (const sentence of kSentences) {
      const chinese = inChinese(sentence);
      assert.match(chinese, /[\u4e00-\u9fff]/, sentence);
      assert.doesNotMatch(chinese, /\b(the|and|lie|are|not|with|more|hear|needed|than)\b/, sentence);
    }
  });
});

describe("Report", () => {
  let folder, out, browser, page, record, layers;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "yonder-report-test-"));
    writeFileSync(join(folder, "terrain.yaml"), kTerrain);
    writeFileSync(join(folder, "land.geojson"), kLand);
    writeFileSync(join(folder, "points.csv"), kPoints);
    writeFileSync(join(folder, "expect.yaml"), kClaims);
    writeFileSync(join(folder, "scenario.yaml"), kScenario);
    run(yonder, "terrain", "sketch", join(folder, "terrain.yaml"), "-o", join(folder, "terrain.tif"));
    out = join(folder, "out");
    run(yonder, "run", join(folder, "scenario.yaml"), "-o", out, "--quiet");
    record = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    browser = await Browser.start(chromium);
    page = await browser.open(`file://${join(out, "report.html")}`);
    await page.until("window.yonderReport?.isDrawn()", "the map is drawn");
    layers = await page.value("JSON.parse(document.getElementById('data').textContent).layers");
  });

  after(async () => {
    await browser?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const showOnly = async (key) => {
    await page.value(`(() => { const row = document.querySelector('[data-layer="${key}"].layer'); row.closest("details").open = true; row.querySelector(".layer-name").click(); })()`);
    await page.until("window.yonderReport.isDrawn()", `layer ${key} is drawn`);
  };
  /** Moves the mouse to a place of the map and reads what the panel then says of a layer. */
  const readOut = async (key, x, y) => {
    await page.value("document.getElementById('map').scrollIntoView({ behavior: 'instant' })");
    const at = await page.value(`window.yonderReport.screenPoint(${x}, ${y})`);
    await page.mouse("mouseMoved", at.x, at.y);
    const shown = `document.querySelector('#readout [data-layer="${key}"]')`;
    // The mouse moves by whole pixels of the screen, which are finer than those of the layer.
    const near = (name, value) => `Math.abs(${shown}.closest("table").dataset.${name} - ${value}) < ${record.grid.pixel_m / 2}`;
    await page.until(`${shown} && ${near("x", x)} && ${near("y", y)}`, `the read-out follows the mouse to ${x}, ${y}`);
    const value = await page.value(`${shown}.dataset.value`);
    return value === "" ? null : Number(value);
  };

  it("is one of the run's files and holds its layers", () => {
    assert.ok(record.files.includes("report.html"));
    for (const name of ["rsrp", "class", "binding", "sinr", "dl_rate"]) {
      assert.ok(layers.some((layer) => layer.terminal === "phone" && layer.layer === name), name);
    }
    assert.ok(layers.some((layer) => layer.layer === "ground") && layers.some((layer) => layer.layer === "zone"));
  });

  it("asks nothing of any network", () => {
    const foreign = page.requests.filter((url) => !/^(file|data|blob):/.test(url));
    assert.deepEqual(foreign, []);
    assert.equal(page.requests.filter((url) => url.startsWith("file:")).length, 1);
  });

  it("reads out the raster's values", async () => {
    let values = 0;
    for (const name of ["rsrp", "class", "binding_amount", "dl_rate", "probability"]) {
      const layer = layers.find((one) => one.terminal === "phone" && one.layer === name);
      await showOnly(`phone/${name}`);
      for (const [u, v] of [[0.5, 0.5], [0.31, 0.62], [0.74, 0.4], [0.02, 0.03]]) {
        const [x, y] = centre(layer, Math.floor(u * layer.columns), Math.floor(v * layer.rows));
        const shown = await readOut(`phone/${name}`, x, y);
        const raster = rasterValue(join(out, layer.file), x, y);
        if (raster === null || (layer.categories && raster === 0)) {
          assert.equal(shown, null, `${name} at ${x}, ${y}`);
          continue;
        }
        ++values;
        assert.ok(Math.abs(shown - raster) <= layer.scale / 2 + 1e-4, `${name} at ${x}, ${y}: shown ${shown}, raster ${raster}`);
      }
    }
    assert.ok(values >= 12, `only ${values} places had a value`);
  });

  it("draws a pixel where it lies, in its class's colour", async () => {
    const layer = layers.find((one) => one.terminal === "phone" && one.layer === "class");
    await showOnly("phone/class");
    const drawn = await page.value(`(() => { const c = document.querySelector(".leaflet-layers-pane canvas"); return [...c.getContext("2d").getImageData(0, 0, c.width, c.height).data]; })()`);
    for (const [u, v] of [[0.5, 0.45], [0.6, 0.7], [0.4, 0.3]]) {
      const [column, row] = [Math.floor(u * layer.columns), Math.floor(v * layer.rows)];
      const value = rasterValue(join(out, layer.file), ...centre(layer, column, row));
      const colour = layer.categories.find((one) => one.code === value).rgb;
      const at = 4 * (row * layer.columns + column);
      assert.equal("#" + drawn.slice(at, at + 3).map((channel) => channel.toString(16).padStart(2, "0")).join(""), colour);
    }
  });

  it("switches layers and their opacity", async () => {
    const canvases = "document.querySelectorAll('.leaflet-layers-pane canvas').length";
    await showOnly("phone/class");
    assert.equal(await page.value(canvases), 1);
    await page.value(`document.querySelector('[data-layer="phone/sinr"] input[type=checkbox]').click()`);
    await page.until(`window.yonderReport.isDrawn() && ${canvases} === 2`, "two layers");
    await page.value(`(() => { const slider = document.querySelector('[data-layer="phone/sinr"] input[type=range]'); slider.value = 0.35; slider.dispatchEvent(new Event("input")); })()`);
    await page.until(`[...document.querySelectorAll('.leaflet-layers-pane canvas')].some((c) => c.style.opacity === "0.35")`, "the opacity");
    await page.value(`document.querySelector('[data-layer="phone/class"] input[type=checkbox]').click()`);
    await page.until(`window.yonderReport.isDrawn() && ${canvases} === 1`, "one layer");
    const relief = "document.querySelectorAll('.leaflet-relief-pane canvas').length";
    assert.equal(await page.value(relief), 1);
    await page.value("document.querySelector('[data-switch=relief]').click()");
    await page.until(`${relief} === 0`, "no relief");
    await page.value("document.querySelector('[data-switch=relief]').click()");
  });

  it("shows the sites and the tables", async () => {
    assert.equal(await page.value("document.querySelectorAll('.site-icon').length"), 2);
    const text = await page.value("document.body.innerText");
    for (const expected of [record.model.source, record.inputs[0].sha256, "N_CS", "phone-user"]) assert.ok(text.includes(expected), expected);
    assert.ok(await page.value("document.querySelectorAll('#budget table').length >= 2"));
    assert.equal(await page.value("document.querySelectorAll('#warnings li').length > 0"), true);
    const share = record.service.terminals[0].classes.filter((one) => ["effective", "continuous"].includes(one.id)).reduce((sum, one) => sum + one.share, 0);
    assert.ok((await page.value("document.querySelector('#summary .figure').innerText")).startsWith(`${(100 * share).toFixed(1)} %`));
  });

  it("plots the route and lists the points", async () => {
    const route = record.shapes.routes.road.terminals.phone;
    const text = await page.value("document.getElementById('shapes').innerText");
    assert.ok(text.includes(`${(100 * route.covered_share).toFixed(1)} %`), "share covered");
    assert.equal(await page.value("document.querySelectorAll('#shapes .chart canvas').length"), 3);
    assert.ok(await page.value("document.querySelectorAll('#shapes .strip i').length >= 2"));
    assert.ok(text.includes("Temple <b>"));
    // The axis of the plot spans the road.
    assert.ok(await page.value("document.querySelector('#shapes .chart').clientWidth > 600"));
  });

  it("shows claims beside what was computed", async () => {
    const cells = await page.value("[...document.querySelectorAll('#claims tbody tr')].map((row) => [...row.cells].map((cell) => cell.innerText))");
    const share = record.shapes.routes.road.terminals.phone.covered_share;
    assert.deepEqual(cells[0].slice(0, 3), ["the road is covered <b>", "share of the road, phone", `${(100 * share).toFixed(1)} %`]);
    assert.equal(cells[1][2], "–"); // nothing lies at its pointer
  });

  it("switches between English and Chinese", async () => {
    await page.value("document.querySelector('[data-language=zh]').click()");
    assert.equal(await page.value("document.querySelector('h1').textContent"), "测试 <b>海岸</b> & 山");
    assert.equal(await page.value("document.documentElement.lang"), "zh-CN");
    assert.match(await page.value("document.querySelector('.page-nav').innerText"), /摘要.*地图.*链路预算/s);
    assert.match(await page.value("document.querySelector('.layer-panel').innerText"), /业务等级/);
    assert.match(await page.value("document.querySelector('#claims tbody tr').innerText"), /公路已覆盖.*公路占比/s);
    // No heading stays behind in English; abbreviations do.
    const headings = await page.value("[...document.querySelectorAll('h2, h3')].map((one) => one.textContent)");
    assert.deepEqual(headings.filter((one) => !/[\u4e00-\u9fff]/.test(one)), []);
    await page.value("document.querySelector('[data-language=en]').click()");
    assert.match(await page.value("document.querySelector('.page-nav').innerText"), /Summary.*Link budget/s);
  });

  it("keeps the scenario's text as text", async () => {
    assert.equal(await page.value("document.querySelector('h1').textContent"), "Test <script>window.hurt = 1</script> <img src=x onerror='window.hurt = 2'> & coast");
    assert.equal(await page.value("window.hurt === undefined && document.querySelector('img[src=x]') === null"), true);
    assert.ok((await page.value("[...document.querySelectorAll('.site-label')].map((one) => one.textContent)")).includes("Cape <b>A</b>"));
    assert.equal(await page.value("document.querySelector('.site-label b') === null"), true);
    assert.equal(await page.value("document.title"), "Test <script>window.hurt = 1</script> <img src=x onerror='window.hurt = 2'> & coast");
  });

  it("says nothing on the console", () => {
    assert.deepEqual(page.errors, []);
  });
});

describe("Report of variants", () => {
  let folder, out, browser, page, layers;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "yonder-report-test-"));
    writeFileSync(join(folder, "terrain.yaml"), kTerrain);
    writeFileSync(join(folder, "land.geojson"), kLand);
    writeFileSync(join(folder, "points.csv"), kPoints);
    writeFileSync(join(folder, "scenario.yaml"), kScenario + kVariants);
    run(yonder, "terrain", "sketch", join(folder, "terrain.yaml"), "-o", join(folder, "terrain.tif"));
    out = join(folder, "out");
    run(yonder, "run", join(folder, "scenario.yaml"), "-o", out, "--quiet", "--set", "area.pixel_m=600");
    browser = await Browser.start(chromium);
    page = await browser.open(`file://${join(out, "report.html")}`);
    await page.until("window.yonderReport?.isDrawn()", "the map is drawn");
    layers = await page.value("JSON.parse(document.getElementById('data').textContent).layers");
  });

  after(async () => {
    await browser?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it("is one page of all variants", async () => {
    assert.deepEqual([...new Set(layers.map((layer) => layer.variant))], ["low", "high"]);
    assert.ok(!existsSync(join(out, "low", "report.html")));
    const compare = JSON.parse(readFileSync(join(out, "compare.json"), "utf8"));
    assert.ok(compare.files.includes("report.html"));
    const text = await page.value("document.getElementById('compare').innerText");
    assert.ok(text.includes("Low mast") && text.includes("High mast"));
    assert.ok(compare.gains.length > 0 && (await page.value("document.querySelectorAll('#compare table').length >= 2")));
  });

  it("switches between variants, and shows what one has more", async () => {
    const valueAt = async (x, y) => {
      await page.value("document.getElementById('map').scrollIntoView({ behavior: 'instant' })");
      const at = await page.value(`window.yonderReport.screenPoint(${x}, ${y})`);
      await page.mouse("mouseMoved", at.x - 40, at.y);
      await page.mouse("mouseMoved", at.x, at.y);
      const row = `document.querySelector('#readout [data-layer="phone/rsrp"]')`;
      await page.until(`${row} && Math.abs(${row}.closest("table").dataset.x - ${x}) < 300 && Math.abs(${row}.closest("table").dataset.y - ${y}) < 300`, "the read-out");
      return Number(await page.value(`${row}.dataset.value`));
    };
    const isDrawn = () => page.until("window.yonderReport.isDrawn()", "the map is drawn");
    const high = layers.find((one) => one.variant === "high" && one.terminal === "phone" && one.layer === "rsrp");
    // Where the two differ most, of a few places.
    let [x, y, most] = [0, 0, 0];
    for (const u of [0.3, 0.4, 0.5, 0.6, 0.7]) {
      for (const v of [0.3, 0.45, 0.6, 0.75]) {
        const place = centre(high, Math.floor(u * high.columns), Math.floor(v * high.rows));
        const [a, b] = ["high", "low"].map((variant) => rasterValue(join(out, variant, high.file), ...place));
        if (a !== null && b !== null && Math.abs(a - b) > most) [x, y, most] = [...place, Math.abs(a - b)];
      }
    }
    assert.ok(most > 1, "a mast twice as high is heard better somewhere");
    const raster = (variant) => rasterValue(join(out, variant, high.file), x, y);
    await page.value(`document.querySelector('[data-layer="phone/rsrp"] .layer-name').click()`);
    await isDrawn();
    assert.ok(Math.abs((await valueAt(x, y)) - raster("high")) <= 0.051);
    await page.value(`(() => { const choice = document.getElementById("difference"); choice.value = "=low"; choice.dispatchEvent(new Event("change")); })()`);
    await isDrawn();
    assert.ok(Math.abs((await valueAt(x, y)) - (raster("high") - raster("low"))) <= 0.11);
    await page.value("document.querySelector('[data-variant=low]').click()");
    await isDrawn();
    assert.ok(Math.abs((await valueAt(x, y)) - raster("low")) <= 0.051);
  });

  it("says nothing on the console", () => {
    assert.deepEqual(page.errors, []);
  });
});
