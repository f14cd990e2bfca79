// Drives headless Chromium over the DevTools protocol through a pipe: no package, no open port.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const kStartTimeoutMs = 120_000;
const kCallTimeoutMs = 120_000;

export class Browser {
  /** Starts Chromium; resolves when it answers. */
  static async start(executable) {
    const browser = new Browser(executable);
    await browser.call("Browser.getVersion", {}, null, kStartTimeoutMs);
    return browser;
  }

  constructor(executable) {
    this.profile = mkdtempSync(join(tmpdir(), "yonder-report-browser-"));
    this.process = spawn(
      executable,
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
        "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync", "--metrics-recording-only",
        "--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-pipe", `--user-data-dir=${this.profile}`, "about:blank",
      ],
      { stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] },
    );
    this.waiting = new Map();
    this.listeners = [];
    this.next = 1;
    this.log = "";
    this.process.stderr.on("data", (data) => (this.log = (this.log + data).slice(-4000)));
    this.process.on("exit", (code) => {
      for (const { reject } of this.waiting.values()) reject(new Error(`the browser ended (${code}): ${this.log}`));
    });
    let text = Buffer.alloc(0);
    this.process.stdio[4].on("data", (data) => {
      text = Buffer.concat([text, data]);
      for (let end = text.indexOf(0); end >= 0; end = text.indexOf(0)) {
        this.receive(JSON.parse(text.subarray(0, end).toString("utf8")));
        text = text.subarray(end + 1);
      }
    });
  }

  receive(message) {
    if (message.id === undefined) {
      for (const listener of this.listeners) listener(message);
      return;
    }
    const { resolve, reject, timer } = this.waiting.get(message.id) ?? {};
    clearTimeout(timer);
    this.waiting.delete(message.id);
    if (message.error) reject?.(new Error(message.error.message));
    else resolve?.(message.result);
  }

  call(method, params = {}, sessionId = null, timeoutMs = kCallTimeoutMs) {
    const id = this.next++;
    this.process.stdio[3].write(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }) + "\0");
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method} did not answer within ${timeoutMs / 1000} s`)), timeoutMs);
      this.waiting.set(id, { resolve, reject, timer });
    });
  }

  /** A page of this size at an address, with what it complained of and asked for. */
  async open(url, width = 1440, height = 900) {
    const { targetId } = await this.call("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.call("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, sessionId);
    for (const domain of ["Page", "Runtime", "Network", "Log"]) await page.call(`${domain}.enable`);
    await page.call("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
    const loaded = page.once("Page.loadEventFired");
    await page.call("Page.navigate", { url });
    await loaded;
    return page;
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await ended;
    try {
      rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    } catch {
      // A child of the browser may still write there; the folder is a temporary one.
    }
  }
}

export class Page {
  constructor(browser, session) {
    this.browser = browser;
    this.session = session;
    this.errors = [];
    this.requests = [];
    browser.listeners.push(({ method, params, sessionId }) => {
      if (sessionId !== session) return;
      if (method === "Runtime.exceptionThrown") this.errors.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
      if (method === "Runtime.consoleAPICalled" && ["error", "warning", "assert"].includes(params.type)) this.errors.push(params.args.map((arg) => arg.value ?? arg.description).join(" "));
      if (method === "Log.entryAdded" && ["error", "warning"].includes(params.entry.level)) this.errors.push(params.entry.text);
      if (method === "Network.requestWillBeSent") this.requests.push(params.request.url);
    });
  }

  call(method, params) {
    return this.browser.call(method, params, this.session);
  }

  once(method) {
    return new Promise((resolve) => {
      const listener = (message) => {
        if (message.sessionId !== this.session || message.method !== method) return;
        this.browser.listeners.splice(this.browser.listeners.indexOf(listener), 1);
        resolve(message.params);
      };
      this.browser.listeners.push(listener);
    });
  }

  /** The value of an expression in the page; promises are awaited. */
  async value(expression) {
    const { result, exceptionDetails } = await this.call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until an expression is true. */
  async until(expression, what, timeoutMs = 60_000) {
    const end = Date.now() + timeoutMs;
    while (!(await this.value(`Boolean(${expression})`))) {
      if (Date.now() > end) throw new Error(`not within ${timeoutMs / 1000} s: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async mouse(type, x, y, more = {}) {
    await this.call("Input.dispatchMouseEvent", { type, x, y, ...more });
  }

  async screenshot(clip) {
    const { data } = await this.call("Page.captureScreenshot", { format: "png", ...(clip ? { clip: { ...clip, scale: 1 } } : {}) });
    return Buffer.from(data, "base64");
  }
}
