// A real browser on a real daemon. One browser per file: `const chrome = browser(t)` in the file's only parent test.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { sourceFiles } from "../../scripts/tree.ts";
import { which } from "../live/needs.ts";
import { waited } from "./waited.ts";

const home = join(import.meta.dirname, "..", "..");
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser breaks off what it loads when an interface comes or goes, as containers of other tests do: it is asked again. */
const MACHINE = "net::ERR_NETWORK_CHANGED";

/** How the browser begins what it says of a refused request; it leaves out which one. */
const REFUSED = "Failed to load resource";

/** Folder of the console as it stands in the tree: built anew when one of its files is newer. */
export function builtConsole(): string {
  const folder = join(home, "dist", "console");
  const index = join(folder, "index.html");
  const made = existsSync(index) ? statSync(index).mtimeMs : 0;
  const newest = sourceFiles(join(home, "console/**/*.{ts,tsx,css,html,js}")).map(({ path }) => statSync(path).mtimeMs);
  if (Math.max(...newest) > made)
    execFileSync(process.execPath, [join(home, "scripts", "bundle.ts"), "--console"], { cwd: home, stdio: "pipe" });
  return folder;
}

/** Debian's Chromium, headless, closed when the test ends. */
export async function browser(t: Pick<TestContext, "after">): Promise<Browser> {
  const found = await chromium.launch({ executablePath: which("chromium") ?? "chromium", headless: true, args: FLAGS });
  t.after(() => found.close());
  return found;
}

/** What a reader has: language and colours chosen before, size of the screen. */
export interface Reader {
  readonly lang?: "en" | "zh";
  readonly theme?: "light" | "dark";
  /** `phone`: 360 × 740 with a finger. */
  readonly size?: "desk" | "phone";
  readonly javaScript?: boolean;
}

export interface Tab {
  readonly page: Page;
  /** What went wrong in the browser: errors of the console, of the policy, requests to another host. Empty when all is well. */
  readonly problems: readonly string[];
  /** What was to go wrong, by what the browser says of it: each is waited for, and forgotten. Nothing else is. */
  readonly forgive: (...expected: readonly RegExp[]) => Promise<void>;
}

/** Opens a page as a reader; it is closed when the test ends. */
export async function tab(
  t: Pick<TestContext, "after">,
  browser: Browser,
  url: string,
  { lang = "en", theme = "light", size = "desk", javaScript = true }: Reader = {},
): Promise<Tab> {
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
  const given: BrowserContextOptions = {
    ...(size === "phone" ? phone : { viewport: { width: 1280, height: 860 } }),
    javaScriptEnabled: javaScript,
    colorScheme: theme,
    serviceWorkers: "block",
  };
  const context = await browser.newContext(given);
  t.after(() => context.close());
  const { origin } = new URL(url);
  const chosen = `try { localStorage.setItem("watchbook.lang", "${lang}"); localStorage.setItem("watchbook.theme", "${theme}"); } catch {}`;
  // Once: what the reader chooses on the page later is theirs.
  await context.addInitScript(
    `if (!sessionStorage.getItem("opened")) { sessionStorage.setItem("opened", "1"); ${chosen} }`,
  );
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes(MACHINE)) return;
    if (message.type() !== "error" && message.type() !== "warning") return;
    const where = message.text().startsWith(REFUSED) ? ` ${message.location().url}` : "";
    problems.push(`${message.text()}${where}`);
  });
  page.on("pageerror", (error) => problems.push(`${error.message}\n${error.stack ?? ""}`));
  page.on("request", (request) => {
    const asked = request.url();
    if (!asked.startsWith(`${origin}/`) && !asked.startsWith("data:") && !asked.startsWith("blob:"))
      problems.push(`asked another host: ${asked}`);
  });
  await page.goto(url);
  const forgive = async (...expected: readonly RegExp[]): Promise<void> => {
    for (const one of expected) {
      const said = (): number => problems.findIndex((problem) => one.test(problem));
      await waited(
        () => `nothing went wrong like ${String(one)}:\n${problems.join("\n")}`,
        () => said() >= 0,
      );
      while (said() >= 0) problems.splice(said(), 1);
    }
  };
  return { page, problems, forgive };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds against WCAG 2.2 AA: rule, what it says, and the first places. */
export async function axe(page: Page): Promise<readonly string[]> {
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(AXE);
  const how = JSON.stringify({ runOnly: { type: "tag", values: WCAG } });
  const found = await page.evaluate<AxeResult>(`axe.run(document, ${how})`);
  return found.violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 4).map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`);
    return `${id}: ${help}\n  ${places.join("\n  ")}`;
  });
}
interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
  }[];
}

/** Keeps a picture outside of the repository: WATCHBOOK_SHOTS, else below the system's folder for temporary files. */
export async function shot(page: Page, name: string): Promise<string> {
  const folder = process.env["WATCHBOOK_SHOTS"] ?? join(tmpdir(), "watchbook-shots");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, fullPage: true });
  return path;
}
