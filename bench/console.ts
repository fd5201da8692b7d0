// The console's budgets in one run, in Debian's Chromium on loopback, with 2,000 checks and 10,000 runs in the store:
// bytes of the first load, first paint, an interaction, an event to its pixel. `node bench/console.ts [--rounds N]`
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Browser, type Page } from "playwright-core";
import { startDaemon, type Serving } from "../src/cli/serve.ts";
import { registry } from "../src/kinds/registry.ts";
import type { RunRecord } from "../src/model/run.ts";
import { systemClock } from "../src/model/time.ts";
import type { Store } from "../src/store/store.ts";
import { builtConsole } from "../test/kit/browser.ts";
import { which } from "../test/live/needs.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "9" } } });
const ROUNDS = Number(values.rounds);
const CHECKS = 2_000;
const RUNS = 10_000;
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const BOOK = `title: bench
lang: en
interval: 30s
checks:
${Array.from({ length: CHECKS }, (_, n) => `  c${n}: { kind: file, title: Check number ${n}, params: { path: beacon } }`).join("\n")}
rules:
${Array.from({ length: CHECKS }, (_, n) => `  r${n}: { check: c${n}, severity: P3 }`).join("\n")}
severities: { P3: { scale: alert } }
`;

const runOf = (n: number): RunRecord => ({
  ...{ id: `run-${String(n).padStart(6, "0")}`, runbook: "restart", title: "Restart", environment: "prod" },
  ...{ digest: "sha256:0", rehearsal: false, by: "bench", reason: "", state: n % 7 === 0 ? "failed" : "done" },
  ...{ created: 1_790_000_000_000 + n * 60_000, updated: 1_790_000_030_000 + n * 60_000 },
  ...{ ended: 1_790_000_030_000 + n * 60_000, done: 3, total: 3, waits: [] },
});

async function fill(store: Store): Promise<void> {
  for (let from = 0; from < RUNS; from += 500)
    await store.commit(
      Array.from({ length: 500 }, (_, n) => ({ kind: "run.insert", record: runOf(from + n), plan: "{}" }) as const),
    );
}

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
const said = (list: readonly number[]): string =>
  `median ${median(list).toFixed(0)} ms, worst ${Math.max(...list).toFixed(0)} ms of ${list.length}`;

/** A fresh profile: nothing is in any cache. */
async function fresh(browser: Browser): Promise<Page> {
  return await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
}

interface First {
  readonly paint: number;
  /** When there was something to read of the page Today. */
  readonly told: number;
  readonly scripts: readonly string[];
}

/** Marks the frame in which the first section of a page stands. */
const TOLD = `new MutationObserver((_, observer) => {
  if (!document.querySelector("main section")) return;
  observer.disconnect();
  requestAnimationFrame(() => performance.mark("told"));
}).observe(document, { childList: true, subtree: true })`;

/** First paint with content, and the scripts that were loaded until there was something to read. */
async function first(browser: Browser, url: string): Promise<First> {
  const page = await fresh(browser);
  await page.addInitScript(TOLD);
  await page.goto(url);
  await page.locator("main section").first().waitFor();
  await page.waitForFunction("performance.getEntriesByName('told').length > 0");
  const paint = await page.evaluate<number>(
    `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntriesByName("first-contentful-paint")[0].startTime)).observe({ type: "paint", buffered: true }))`,
  );
  const scripts = await page.evaluate<string[]>(
    `performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname).filter((path) => path.endsWith(".js"))`,
  );
  const told = await page.evaluate<number>("performance.getEntriesByName('told')[0].startTime");
  await page.context().close();
  return { paint, told, scripts };
}

/** Milliseconds from a key to the frame that shows what it did. */
const KEY_TO_FRAME = `globalThis.shown = new Promise((resolve) => {
  addEventListener("keydown", (event) => {
    const begun = event.timeStamp;
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
  }, { once: true, capture: true });
}), 0`;

/** Opens the palette over all checks, types in it, goes to pages: each from the key to the frame. */
async function interactions(browser: Browser, url: string): Promise<readonly number[]> {
  const page = await fresh(browser);
  await page.goto(url);
  await page.locator("[data-live=on]").waitFor();
  await page.locator("main section").first().waitFor();
  const seen: number[] = [];
  const press = async (key: string): Promise<void> => {
    await page.evaluate(KEY_TO_FRAME);
    await page.keyboard.press(key);
    seen.push(await page.evaluate<number>("shown"));
  };
  // Once to load its code, which is no interaction with what is there.
  await page.keyboard.press("Control+k");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await press("Control+k");
  await page.getByRole("combobox").waitFor();
  for (const key of ["1", "9", "9", "9", "ArrowDown", "Backspace", "Escape"]) await press(key);
  await page.context().close();
  return seen;
}

/** Milliseconds from the commit of an event to the frame that shows it. */
async function pixels(browser: Browser, { daemon, url }: Serving): Promise<readonly number[]> {
  const page = await fresh(browser);
  await page.goto(url);
  await page.locator("[data-live=on]").waitFor();
  await page.locator("main section").first().waitFor();
  const seen: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const name = `bench-${round}-${systemClock.wall()}`;
    await page.evaluate(`globalThis.shown = new Promise((resolve) => {
      const look = () => document.body.textContent.includes(${JSON.stringify(name)});
      new MutationObserver((_, observer) => {
        if (!look()) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(Date.now()));
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    }), 0`);
    const event = { at: systemClock.wall(), kind: "lock.taken-over", subject: name, data: {} };
    await daemon.house.store.commit([{ kind: "event.add", event }]);
    const begun = systemClock.wall();
    seen.push((await page.evaluate<number>("shown")) - begun);
    await systemClock.sleep(300);
  }
  await page.context().close();
  return seen;
}

const kilobytes = (folder: string, paths: readonly string[]): number => {
  const size = (path: string): number => {
    const packed = join(folder, `${path}.gz`);
    return statSync(existsSync(packed) ? packed : join(folder, path)).size;
  };
  return paths.reduce((sum, path) => sum + size(path), 0) / 1024;
};

const root = mkdtempSync(join(tmpdir(), "watchbook-console-bench-"));
try {
  writeFileSync(join(root, "ops.md"), "# Bench\n\n## Daily inspection\n\n- [ ] It is there\n");
  writeFileSync(join(root, "beacon"), "lit\n");
  writeFileSync(join(root, "watchbook.yaml"), BOOK);
  const folder = builtConsole();
  const world = {
    clock: systemClock,
    env: {},
    version: "bench",
    registry: () => Promise.resolve(registry),
    stderr: process.stderr,
  };
  const given = { book: root, data: join(root, ".watchbook"), listen: "127.0.0.1:0", console: folder };
  await using serving = await startDaemon(world, given);
  await fill(serving.daemon.house.store);
  while (serving.daemon.checks().some(({ reading }) => reading === undefined)) await systemClock.sleep(100);
  const browser = await chromium.launch({ executablePath: which("chromium") ?? "chromium", args: FLAGS });
  try {
    const loads: First[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) loads.push(await first(browser, serving.url));
    const { scripts } = loads.at(-1)!;
    const keys = await interactions(browser, serving.url);
    const shown = await pixels(browser, serving);
    process.stdout.write(
      `## Console: ${CHECKS} checks, ${RUNS} runs, load ${loadavg()[0]!.toFixed(1)}\n\n` +
        `| what | measured | budget |\n| --- | --- | --- |\n` +
        `| JavaScript of the first load, gzip | ${kilobytes(folder, scripts).toFixed(1)} KB in ${scripts.length} files | ≤ 170 KB |\n` +
        `| first paint with content, fresh profile | ${said(loads.slice(1).map(({ paint }) => paint))} | ≤ 200 ms |\n` +
        `| what is wrong now is on the screen | ${said(loads.slice(1).map(({ told }) => told))} | none |\n` +
        `| key to frame, palette over all checks | ${said(keys)} | ≤ 100 ms |\n` +
        `| committed event to pixel | ${said(shown)} | ≤ 250 ms |\n`,
    );
  } finally {
    await browser.close();
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
