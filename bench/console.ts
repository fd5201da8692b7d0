// The console's budgets in one run, in Debian's Chromium on loopback, with 2,000 checks, 10,000 runs and an output of 1 GB in
// the store: bytes of the first load, first paint, keys, scrolling, an event to its pixel.
// `node bench/console.ts [--rounds N] [--log BYTES]`
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Browser } from "playwright-core";
import { startDaemon, type Serving } from "../src/cli/serve.ts";
import { registry } from "../src/kinds/registry.ts";
import { systemClock } from "../src/model/time.ts";
import { builtConsole } from "../test/kit/browser.ts";
import { which } from "../test/live/needs.ts";
import { CHECKS, fillLog, fillRuns, RUNS, writeBook } from "./console/book.ts";
import { awaitText, felt, first, opened, scrolled, type First } from "./console/probe.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const FRAMES = 120;

const sorted = (of: readonly number[]): readonly number[] => of.toSorted((a, b) => a - b);
const at = (of: readonly number[], part: number): number => sorted(of)[Math.ceil(of.length * part) - 1]!;
const said = (of: readonly number[]): string =>
  `median ${at(of, 0.5).toFixed(0)} ms, worst ${Math.max(...of).toFixed(0)} ms of ${of.length}`;
const saidFrames = (of: readonly number[]): string =>
  `median ${at(of, 0.5).toFixed(0)} ms, 95 % ${at(of, 0.95).toFixed(0)} ms, worst ${Math.max(...of).toFixed(0)} ms of ${of.length} frames`;

/** What was measured, and what is allowed. */
type Row = readonly [what: string, measured: string, budget: string];

const kilobytes = (folder: string, paths: readonly string[]): number => {
  const size = (path: string): number => {
    const packed = join(folder, `${path}.gz`);
    return statSync(existsSync(packed) ? packed : join(folder, path)).size;
  };
  return paths.reduce((sum, path) => sum + size(path), 0) / 1024;
};

/** A server of nothing but one line: what the browser itself takes. */
async function oneLine(): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end("<!doctype html><html lang=en><title>floor</title><main><section>watchbook 值班手册</section></main>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()).closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, [Symbol.asyncDispose]: stop };
}

/** Fresh profiles, one after the other; the first one is not counted: the daemon reads the files then. */
async function firstLoad(browser: Browser, url: string, folder: string, rounds: number): Promise<readonly Row[]> {
  const loads: First[] = [];
  const floors: number[] = [];
  await using floor = await oneLine();
  for (let round = 0; round <= rounds; round += 1) {
    floors.push((await first(browser, floor.url)).paint);
    loads.push(await first(browser, url));
  }
  const { scripts } = loads.at(-1)!;
  const counted = loads.slice(1);
  return [
    [
      "JavaScript of the first load, gzip",
      `${kilobytes(folder, scripts).toFixed(1)} KB in ${scripts.length} files`,
      "≤ 170 KB",
    ],
    ["first paint with content, fresh profile", said(counted.map(({ paint }) => paint)), "≤ 200 ms"],
    ["floor: one line of HTML from a bare server", said(floors.slice(1)), "none"],
    ["what is wrong now is on the screen", said(counted.map(({ told }) => told)), "none"],
  ];
}

/** Opens the palette over all checks and types in it: each from the key to the frame. */
async function palette(browser: Browser, url: string): Promise<Row> {
  const page = await opened(browser, url);
  const press = (key: string): Promise<number> => felt(page, "keydown", () => page.keyboard.press(key));
  // Once to load its code, which is no interaction with what is there.
  await page.keyboard.press("Control+k");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const seen = [await press("Control+k")];
  await page.getByRole("combobox").waitFor();
  for (const key of ["1", "9", "9", "9", "ArrowDown", "Backspace", "Escape"]) seen.push(await press(key));
  await page.context().close();
  return ["key to frame, palette over all checks", said(seen), "≤ 100 ms"];
}

/** A list is opened from the navigation, walked by key and scrolled through to its end. */
async function list(
  browser: Browser,
  url: string,
  { link, row, frame }: { readonly link: string; readonly row: string; readonly frame: string },
): Promise<readonly [readonly number[], readonly number[]]> {
  const page = await opened(browser, url);
  const click = (): Promise<unknown> =>
    page.getByRole("navigation").getByRole("link", { name: link, exact: true }).click();
  await click();
  await page.locator(row).first().waitFor();
  const keys: number[] = [];
  for (let n = 0; n < 10; n += 1) keys.push(await felt(page, "keydown", () => page.keyboard.press("j")));
  const frames = await scrolled(page, frame, FRAMES);
  await page.context().close();
  return [keys, frames];
}

async function lists(browser: Browser, url: string): Promise<readonly Row[]> {
  const [runKeys, runFrames] = await list(browser, url, {
    ...{ link: "Runs", row: "main [role=region] [data-row]", frame: "main [role=region]" },
  });
  const [changeKeys, changeFrames] = await list(browser, url, {
    link: "Changes",
    row: "main [data-row]",
    frame: "html",
  });
  const page = await opened(browser, `${url}/services`);
  const service = page.locator("main [data-row]").first();
  const open = await felt(page, "click", () => service.click());
  await page.locator("main li[id^=check-]").first().waitFor();
  const checkFrames = await scrolled(page, "html", FRAMES);
  const checkKeys = [await felt(page, "keydown", () => page.keyboard.press("j"))];
  await page.context().close();
  return [
    ["key to frame, runs", said(runKeys), "≤ 100 ms"],
    ["scrolling through the runs", saidFrames(runFrames), "none"],
    ["key to frame, changes", said(changeKeys), "≤ 100 ms"],
    ["scrolling through the changes", saidFrames(changeFrames), "none"],
    ["click to frame, a service with all checks; key to frame there", said([open, ...checkKeys]), "≤ 100 ms"],
    ["scrolling through its checks", saidFrames(checkFrames), "none"],
  ];
}

/** A run whose step said a gigabyte: its end, older lines, scrolling. */
async function log(browser: Browser, url: string, bytes: number): Promise<readonly Row[]> {
  const { told } = await first(browser, url, "main [role=log]");
  const page = await opened(browser, url);
  await page.getByRole("log").waitFor();
  const seen: number[] = [];
  for (let n = 0; n < 5; n += 1)
    seen.push(await felt(page, "click", () => page.getByRole("button", { name: "Load older lines" }).click()));
  const frames = await scrolled(page, "main [role=log]", FRAMES);
  await page.context().close();
  const size = `${(bytes / (1 << 20)).toFixed(0)} MiB`;
  return [
    [`last lines of an output of ${size}, fresh profile`, `${told.toFixed(0)} ms`, "none"],
    ["click to frame, older lines", said(seen), "≤ 100 ms"],
    ["scrolling through its lines", saidFrames(frames), "none"],
  ];
}

/** Milliseconds from the commit of an event to the frame that shows it. */
async function pixels(browser: Browser, { daemon, url }: Serving, rounds: number): Promise<Row> {
  const page = await opened(browser, url);
  const seen: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const name = `bench-${round}-${systemClock.wall()}`;
    await awaitText(page, name);
    const event = { at: systemClock.wall(), kind: "lock.taken-over", subject: name, data: {} };
    await daemon.house.store.commit([{ kind: "event.add", event }]);
    const begun = systemClock.wall();
    seen.push((await page.evaluate<number>("shown")) - begun);
    await systemClock.sleep(300);
  }
  await page.context().close();
  return ["committed event to pixel", said(seen), "≤ 250 ms"];
}

async function served(root: string, folder: string): Promise<Serving> {
  const clock = systemClock;
  const world = { clock, env: {}, version: "bench", registry: () => Promise.resolve(registry), stderr: process.stderr };
  return await startDaemon(world, {
    book: root,
    data: join(root, ".watchbook"),
    listen: "127.0.0.1:0",
    console: folder,
  });
}

/** The table of what a reader of the console feels. `bytes`: of the longest output. */
export async function consoleTable(rounds: number, bytes = 1 << 30): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "watchbook-console-bench-"));
  try {
    writeBook(root);
    const folder = builtConsole();
    await using serving = await served(root, folder);
    const { daemon, url } = serving;
    const run = await fillRuns(daemon);
    await fillLog(daemon, run, bytes);
    while (daemon.checks().some(({ reading }) => reading === undefined)) await systemClock.sleep(100);
    const browser = await chromium.launch({ executablePath: which("chromium") ?? "chromium", args: FLAGS });
    try {
      const before = loadavg()[0]!;
      const rows = [
        ...(await firstLoad(browser, url, folder, rounds)),
        await palette(browser, url),
        ...(await lists(browser, url)),
        ...(await log(browser, `${url}/runs/${run}`, bytes)),
        await pixels(browser, serving, rounds),
      ];
      return [
        `### Console: ${CHECKS} checks, ${RUNS} runs`,
        "",
        `Debian's Chromium on loopback, daemon and browser on the same machine; load ${before.toFixed(1)} before, ${loadavg()[0]!.toFixed(1)} after.`,
        "",
        "| | measured | budget |",
        "| --- | --- | --- |",
        ...rows.map((row) => `| ${row.join(" | ")} |`),
        "",
      ].join("\n");
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { rounds: { type: "string", default: "9" }, log: { type: "string", default: String(1 << 30) } },
  });
  process.stdout.write(await consoleTable(Number(values.rounds), Number(values.log)));
}
