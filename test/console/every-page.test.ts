// Every page that has an address, in both languages and both colours, on a desk and on a phone: what axe says, and whether it fits.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab, type Reader } from "../kit/browser.ts";
import { ask, git, serving, until } from "../kit/daemon.ts";
import { lampBook, ranLamp } from "../kit/lamp-book.ts";
import { CHEAP } from "../kit/people.ts";
import { setUp, signIn } from "../kit/signed-in.ts";
import { needs } from "../live/needs.ts";

const MORE = `rota: { main: { title: First line, people: [wang] } }
checks:
  lamp: { kind: file, title: The lamp is there, service: lamps, params: { path: beacon }, items: [The lamp is lit] }
rules: { dark: { check: lamp, severity: critical } }
severities: { critical: { scale: alert }, P0: { scale: incident, respond: 15m, resolve: 2h } }
incidents: { priorities: { critical: P0 }, page: {} }
backups:
  lamps:
    target: lamp-1
    into: /srv/watchbook/sets
    parts: { files: { kind: files, path: /srv/watchbook/lamps } }
    restore: { into: /srv/watchbook/places, probes: { look: { kind: shell, risk: read, with: { script: ls } } } }
`;
const CARE = `# Care

## Daily inspection

- [ ] The lamp is lit
- [ ] The fan sounds healthy

## When something is wrong

| Symptom | Where to look |
| --- | --- |
| The light is out, and nobody in the whole house knows where its fuse may be found | \`/var/log/a/long/path/that/does/not/fit/anywhere.log\` |
`;

/** Something of everything is on record; the address of one of each, by the router's own path. */
async function recorded(t: TestContext): Promise<{
  readonly url: string;
  readonly socket: string;
  readonly places: Readonly<Record<string, string>>;
}> {
  const root = lampBook(t, MORE);
  writeFileSync(join(root, "care.md"), CARE);
  git(root, "add", "care.md");
  git(root, "commit", "-qm", "how to care for it");
  const every = { checks: 100, book: 50, calendar: 50, alerts: 50, incidents: 50 };
  const served = await serving(t, root, { every, clock: systemClock, console: builtConsole(), cost: CHEAP });
  const { url, socket, daemon } = served;
  const post = async (path: string, body: object) => {
    const headers = { "content-type": "application/json" };
    const text = JSON.stringify({ ...body, by: "wang" });
    return (await ask({ socket }, path, { method: "POST", headers, body: text })).json;
  };
  const run = await ranLamp(served, "SOP-01", { colour: "green" });
  await daemon.inspect("daily-inspection", { by: "wang" });
  await until("a reading", () => daemon.checks().some(({ reading }) => reading?.outcome === "pass"));
  rmSync(join(root, "beacon"));
  const alert = await until("the alert", () => [...daemon.alerts.desk().open.values()][0]);
  const { id: incident } = await post("/api/v1/incidents", { alert: alert.id });
  await post(`/api/v1/incidents/${incident}/actions`, { do: "publish", state: "investigating", text: "It is dark." });
  await post(`/api/v1/incidents/${incident}/actions`, {
    ...{ do: "action", text: "buy a spare fuse", owner: "wang", due: "2020-01-31" },
  });
  const { id: problem } = await post("/api/v1/problems", { title: "The fuse blows", incidents: [incident] });
  await post(`/api/v1/problems/${problem}/actions`, { do: "workaround", text: "Put the spare one in" });
  const { changes } = (await ask(url, "/api/v1/changes?kind=book")).json;
  const { evidence } = (await daemon.runs.now(run)).record;
  return {
    ...{ url, socket },
    places: {
      "/services/$id": "/services/lamps?check=lamp",
      "/alerts/$id": `/alerts/${alert.id}`,
      "/incidents/$id": `/incidents/${incident}`,
      "/incidents/$id/review": `/incidents/${incident}/review`,
      "/incidents/problems/$id": `/incidents/problems/${problem}`,
      "/duties/$id": "/duties/daily-inspection",
      "/manual/file/$": "/manual/file/care.md",
      "/runs/new/$runbook": "/runs/new/SOP-01",
      "/runs/$id": `/runs/${run}`,
      "/evidence/$id": `/evidence/${encodeURIComponent(basename(evidence ?? ""))}`,
      "/changes/$id": `/changes/${encodeURIComponent(changes[0].id)}`,
    },
  };
}

/** How the palette calls what has an address below these paths: each that the router has. */
const FOUND: Readonly<Record<string, string>> = {
  "/services/$id": "check",
  "/alerts/$id": "alert",
  "/incidents/$id": "incident",
  "/incidents/$id/review": "review",
  "/incidents/problems/$id": "problem",
  "/duties/$id": "duty",
  "/manual/file/$": "document",
  "/runs/new/$runbook": "runbook",
  "/runs/$id": "run",
  "/changes/$id": "change",
  "/evidence/$id": "evidence",
};

/** Goes to another page without loading everything anew: its own heading is there then, and nothing is waited for. */
async function changed(page: Page, go: () => Promise<unknown>): Promise<void> {
  await page.evaluate(`document.querySelectorAll("main h1").forEach((one) => (one.dataset.before = ""))`);
  await go();
  await page.locator("main h1:not([data-before])").first().waitFor();
  await page
    .getByText(/^(?:Loading …|正在读取……)$/)
    .first()
    .waitFor({ state: "detached" });
}

/** Goes to an address as a link does. */
const to = (page: Page, address: string): Promise<void> =>
  changed(page, () => page.evaluate(`history.pushState({}, "", ${JSON.stringify(address)})`));

/** Each language in each colour; in each of them one size: what a size spoils is spoilt in both colours. */
const READERS: readonly Required<Pick<Reader, "lang" | "theme" | "size">>[] = [
  { lang: "en", theme: "light", size: "desk" },
  { lang: "zh", theme: "dark", size: "phone" },
  { lang: "en", theme: "dark", size: "phone" },
  { lang: "zh", theme: "light", size: "desk" },
];

test("every page of the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const { url, socket, places } = await recorded(t);
  const router = readFileSync(join(import.meta.dirname, "..", "..", "console", "app", "router.tsx"), "utf8");
  const paths = [...router.matchAll(/\bpath: "([^"]+)"/g)].map(([, path = ""]) => path);
  assert.ok(paths.length > 25, "the router names its paths");
  const signedOut = (path: string): boolean => path.startsWith("/sign-in");
  const chrome = await browser(t);

  await t.test("everything that has an address is found by typing, and its address is where it leads", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/`);
    await page.locator("[data-live=on]").waitFor();
    const ofObjects = paths.filter((path) => path.includes("$"));
    assert.deepEqual(Object.keys(FOUND).toSorted(), ofObjects.toSorted());
    const wanted = [
      ...Object.entries(FOUND).map(([path, kind]) => [kind, places[path]!] as const),
      ["backup", "/backups#set-lamps"] as const,
      ["service", "/services/lamps"] as const,
      ["page", "/settings/audit"] as const,
    ];
    for (const [kind, address] of wanted) {
      const [name = ""] = decodeURIComponent(address).split(/[/#]/).at(-1)!.split("?");
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill(kind === "page" ? "audit" : name.replace(/^set-/, ""));
      await page.locator(`[role=option][id^="palette-${kind}:"]`).first().click();
      await page.waitForURL(`${url}${address}`);
    }
    // Pages stand there before anything is typed.
    await page.keyboard.press("Control+k");
    const pages = page.locator("[role=option][id^='palette-page:']");
    await pages.first().waitFor();
    const ids = await pages.evaluateAll((all) => all.map(({ id }) => id));
    await page.keyboard.press("Escape");
    const led = new Set<string>();
    for (const id of ids) {
      await to(page, "/no/such/page");
      await page.keyboard.press("Control+k");
      await changed(page, () => page.locator(`[id="${id}"]`).click());
      led.add(new URL(page.url()).pathname);
    }
    const ofPages = paths.filter((path) => !path.includes("$") && !signedOut(path));
    assert.deepEqual([...led].toSorted(), ofPages.toSorted());
    assert.deepEqual(problems, []);
  });

  for (const reader of READERS)
    await t.test(`in ${reader.lang}, ${reader.theme}, ${reader.size}`, async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/sign-in`, reader);
      const look = async (path: string): Promise<readonly string[]> => {
        const address = path.includes("$") ? places[path] : path;
        if (address === undefined) return [`${path}: this test has no address for it`];
        await to(page, address);
        const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
        const found = [...(await axe(page)), ...(wide > 0 ? [`${wide} px wider than the screen`] : [])];
        if (process.env["WATCHBOOK_SHOTS"] !== undefined)
          await shot(page, `every-${address.replaceAll(/\W+/g, "-")}-${reader.lang}-${reader.theme}`);
        return found.map((one) => `${path}: ${one}`);
      };
      const found: string[] = [];
      for (const path of paths.filter(signedOut)) found.push(...(await look(path)));
      await page.goto(`${url}/sign-in`);
      await (reader === READERS[0] ? setUp(page, socket, "wang") : signIn(page, "wang"));
      await page.waitForURL(`${url}/`);
      // Today, where one is now, at the end: it is drawn anew only after another page.
      for (const path of paths.filter((one) => !signedOut(one)).toReversed()) found.push(...(await look(path)));
      assert.deepEqual(found, []);
      await page.goto(url);
      await page.getByRole("link", { name: /^(?:Calendar of drills|演练日历)$/ }).click();
      await page.waitForURL(`${url}/backups#calendar`);
      await page.getByRole("link", { name: /^restore-lamps.*(?:never drilled|从未演练)$/ }).waitFor();
      assert.deepEqual(problems, []);
    });
});
