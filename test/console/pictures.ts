// The pictures of the README: `node test/console/pictures.ts [FOLDER]`, default docs/images. A real browser on a real daemon with the
// Silktalk example at work: one of its nodes is stopped, an alert is open, another node is upgraded.
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { Serving } from "../../src/cli/serve.ts";
import { systemClock } from "../../src/model/time.ts";
import { browser, builtConsole, tab, type Reader } from "../kit/browser.ts";
import { ask, git, serving, until } from "../kit/daemon.ts";
import { exampleAt } from "../kit/example.ts";
import { CHEAP } from "../kit/people.ts";
import { setUp, signIn } from "../kit/signed-in.ts";
import { home } from "../kit/wb.ts";

type Stage = Pick<TestContext, "after">;
type Lang = "en" | "zh";

const FOLDER = process.argv[2] ?? join(home, "docs", "images");
const SIZE = { width: 1180, height: 760 };
const PERSON = "lin";

/** What the example does not have: somebody who is told when a node is gone. */
const RULES = `
rules:
  node-down: { check: health-beta, severity: P1, runbook: SOP-02 }
severities: { P1: { scale: alert } }
`;
const REASON = { en: "Upgrade gamma", zh: "升级 gamma" } as const;
const SYMPTOM = { en: "port refuses", zh: "端口拒绝" } as const;

/** Ends in the reverse order what was begun. */
async function staged(work: (t: Stage) => Promise<void>): Promise<void> {
  const endings: (() => unknown)[] = [];
  try {
    await work({ after: (end) => void (end && endings.push(end as () => unknown)) });
  } finally {
    for (const end of endings.toReversed()) await end();
  }
}

async function picture(page: Page, name: string, lang: Lang): Promise<void> {
  const path = join(FOLDER, `${name}${lang === "zh" ? ".zh-CN" : ""}.png`);
  await page.screenshot({ path });
  process.stdout.write(`${path}\n`);
}

/** A page of somebody who is signed in; the first one sets watchbook up. */
async function signedIn(t: Stage, chrome: Browser, { url, socket }: Serving, reader: Reader): Promise<Page> {
  const { page } = await tab(t, chrome, `${url}/sign-in`, reader);
  if (reader.size === undefined) {
    await page.setViewportSize(SIZE);
    await setUp(page, socket, PERSON);
  } else {
    await signIn(page, PERSON);
    await page.getByRole("button", { name: /Sign out|退出登录/ }).waitFor();
  }
  return page;
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator("[data-live=on]").waitFor();
}

const post = (socket: string, path: string, body: object): ReturnType<typeof ask> =>
  ask({ socket }, path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** A node is upgraded; the picture is taken while it is on its way. */
async function runLive(page: Page, { url, socket, daemon }: Serving, lang: Lang): Promise<void> {
  const params = { node: "gamma", version: "1.1.0" };
  const asked = { runbook: "SOP-04", environment: "demo", params, reason: REASON[lang], by: PERSON };
  const begun = await post(socket, "/api/v1/runs", asked);
  if (begun.status !== 201) throw new Error(begun.text);
  const { id } = begun.json.record as { readonly id: string };
  await open(page, `${url}/runs/${id}`);
  await page.locator("main [data-state=done]").nth(2).waitFor();
  await picture(page, "run", lang);
  const { record } = await daemon.runs.settled(id);
  if (record.state !== "waiting" && record.state !== "done") throw new Error(`the run is ${record.state}`);
  const isWell = (): boolean => daemon.checks().every(({ reading }) => reading?.outcome !== "fail");
  await until("gamma is well again", isWell);
}

async function pictures(t: Stage, chrome: Browser, lang: Lang): Promise<void> {
  const site = await exampleAt(t, "silktalk", lang, 29_000);
  appendFileSync(join(site.book, "watchbook.yaml"), RULES);
  git(site.book, "commit", "-qam", "Tell somebody when a node is gone");
  const every = { checks: 1_000, alerts: 200 };
  const given = { clock: systemClock, console: builtConsole(), every, cost: CHEAP };
  const serves = await serving(t, site.book, given);
  const { url, socket, daemon } = serves;
  const [duty] = daemon.book().open.book.duties;
  await post(socket, `/api/v1/duties/${encodeURIComponent(duty!.id)}/inspect`, { by: PERSON });
  const page = await signedIn(t, chrome, serves, { lang });
  await runLive(page, serves, lang);
  await site.stack("stop", "beta");
  const alert = await until("the alert", () => [...daemon.alerts.desk().open.values()][0]);
  await open(page, url);
  await page.locator("[data-state=error]").first().waitFor();
  await picture(page, "today", lang);
  await open(page, `${url}/manual`);
  await page.getByRole("searchbox").fill(SYMPTOM[lang]);
  await page.locator("main section").nth(1).waitFor();
  await picture(page, "manual", lang);
  const phone = await signedIn(t, chrome, serves, { lang, size: "phone", theme: "dark" });
  await open(phone, `${url}/alerts/${alert.id}`);
  await phone.locator("main section").nth(3).waitFor();
  await picture(phone, "alert-phone", lang);
}

mkdirSync(FOLDER, { recursive: true });
for (const lang of ["en", "zh"] as const)
  await staged(async (t) => {
    await pictures(t, await browser(t), lang);
  });
