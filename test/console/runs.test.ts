// A runbook in a real browser: its plan, begun, let go on, watched to its end, undone on failure, and looked up again.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { bookFolder, serving } from "../kit/daemon.ts";
import { setUp, signIn } from "../kit/signed-in.ts";
import { needs } from "../live/needs.ts";

const fence = (attributes: string, ...lines: readonly string[]): string =>
  ["```bash " + attributes, ...lines, "```"].map((line) => `   ${line}`).join("\n");

const MANUAL = `# Lamps

## SOP-01: Change the colour

1. Look <img src=x onerror=alert(1)>

${fence('{"name":"look","wb-risk":"read"}', "seq 1 3000", 'printf "\\033[31m<b>colour</b>\\033[0m\\n"', "cat colour")}
2. Change it

${fence('{"name":"change","wb-params":"colour","wb-verify":"seen"}', "printf '%s\\n' <colour> > colour")}
3. Verify

${fence('{"name":"seen","wb-risk":"read"}', "test -s colour")}
`;
const config = (receipts: string): string => `title: Lamps
lang: en
zone: UTC
environments: { test: {} }
services: { lamps: { automation: assist } }
people: { wang: { name: Wang } }
targets: { lamp-1: { kind: local, environment: test, directory: place, env: { WATCHBOOK_STATE: ${JSON.stringify(receipts)} } } }
checks: { lit: { kind: file, title: It is lit, service: lamps, target: lamp-1, params: { path: colour } } }
runbooks:
  SOP-01: { service: lamps, targets: [lamp-1], params: { colour: { choices: [red, green] } } }
`;

test("runs in the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const root = bookFolder(t, { "ops.md": MANUAL });
  writeFileSync(join(root, "watchbook.yaml"), config(join(root, "receipts")));
  const colour = join(root, "place", "colour");
  mkdirSync(join(root, "place"));
  writeFileSync(colour, "white\n");
  const { url, socket } = await serving(t, root, {
    every: { alerts: 50 },
    clock: systemClock,
    console: builtConsole(),
  });
  const chrome = await browser(t);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);
  let run = "";

  await each("from the runbook to its plan, with every byte and nothing done", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/sign-in`);
    await setUp(page, socket, "wang");
    await page.goto(`${url}/runs`);
    await page.getByText("Nothing is running").waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "runs-empty");
    await page.getByRole("link", { name: "SOP-01: Change the colour" }).click();
    await page.getByLabel("colour", { exact: true }).selectOption("green");
    await page.getByRole("button", { name: "Show the plan" }).click();
    await page.getByText("Nothing is missing.").waitFor();
    await page.getByText("1 read · 1 change · 0 destroy · 0 unknown, on 1 target").waitFor();
    assert.equal(await page.locator("main img").count(), 0);
    assert.deepEqual(await axe(page), []);
    await shot(page, "plan");
    assert.equal(readFileSync(colour, "utf8"), "white\n");

    await page.getByLabel("Reason").fill("the old one is tiring");
    await page.getByLabel("Type test to execute").fill("prod");
    await page.getByRole("button", { name: "Execute this plan" }).click();
    await page.getByText("This is not the name of the environment.").waitFor();
    await page.getByLabel("Type test to execute").fill("test");
    await page.getByRole("button", { name: "Execute this plan" }).click();
    await page.getByRole("button", { name: "Let it begin" }).waitFor();
    run = page.url();
    assert.deepEqual(await axe(page), []);
    await shot(page, "run-waits");
    assert.deepEqual(problems, []);
  });

  await each("its output is there at once, its end first, older lines when asked for, and is no markup", async (t) => {
    const { page, problems } = await tab(t, chrome, run);
    await page.getByRole("button", { name: /^do 1/ }).click();
    const log = page.getByRole("log");
    await log.getByText("<b>colour</b>").waitFor();
    assert.equal(await log.locator("b").count(), 0);
    await page.getByText(/^line 2603 to the end/).waitFor();
    await page.getByRole("button", { name: "Load older lines" }).click();
    await page.getByText(/^line 2103 to the end/).waitFor();
    assert.ok((await log.locator("div > div").count()) < 200, "only what is in sight is drawn");
    await page.getByLabel("Line", { exact: true }).fill("1200");
    await page.getByRole("button", { name: "Go there" }).click();
    await page.getByText(/^lines 1200 to 1699 /).waitFor();
    await log.getByText("1200", { exact: true }).first().waitFor();
    await page.getByRole("button", { name: "Load newer lines" }).click();
    await page.getByText(/^line 1200 to the end/).waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "run-log");
    assert.deepEqual(problems, []);
  });

  await each("whoever is not signed in changes nothing; then it goes on to its end with evidence", async (t) => {
    const { page, problems, forgive } = await tab(t, chrome, run, { size: "phone" });
    const go = async (): Promise<void> => {
      await page.getByRole("button", { name: "Let it begin" }).tap();
      await page.getByRole("dialog").getByRole("button", { name: "Let it begin" }).tap();
    };
    await go();
    await page.getByRole("alert").getByRole("link", { name: "Sign in" }).waitFor();
    assert.equal(readFileSync(colour, "utf8"), "white\n");
    await forgive(/ 401 .*\/actions/);
    await page.getByRole("alert").getByRole("link", { name: "Sign in" }).tap();
    await signIn(page, "wang");
    await page.waitForURL(run);
    await go();
    await page.locator("code", { hasText: "evidence" }).first().waitFor();
    assert.equal(readFileSync(colour, "utf8"), "green\n");
    const folder = (await page.locator("code", { hasText: "/evidence/" }).first().textContent()) ?? "";
    assert.ok(existsSync(join(folder, "result.json")), folder);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    // It changed its service: the alerts of that time were kept quiet, and the page says when.
    const quiet = page.locator("section", { has: page.getByRole("heading", { name: "Alerts kept quiet" }) });
    await quiet.getByText(/^(?:since .*, until|from .* to) /).waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "run-done-phone");
    await page.goto(`${url}/manual/file/ops.md`);
    const heading = page.locator("[data-line]", { has: page.getByRole("heading", { name: /^SOP-01/ }) });
    await heading.locator("[data-state]").first().waitFor();
    await shot(page, "manual-proof-phone");
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    assert.deepEqual(await axe(page), []);
    await heading.getByRole("link", { name: "Run it: SOP-01" }).tap();
    await page.waitForURL(`${url}/runs/new/SOP-01`);
    await page.goBack();
    await heading.getByRole("link", { name: "its evidence" }).tap();
    await page.waitForURL(/\/evidence\/[^/]+/);
    assert.deepEqual(problems, []);
  });

  await each("in Chinese and in the dark; a run that nobody knows is said to be unknown", async (t) => {
    const { page, problems, forgive } = await tab(t, chrome, `${url}/runs`, { lang: "zh", theme: "dark" });
    await page.getByRole("heading", { name: "已结束" }).waitFor();
    await page.getByText("the old one is tiring").waitFor();
    await page.getByRole("img", { name: "最近的执行：1 次已完成" }).waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "runs-zh-dark");
    await page.goto(`${url}/runs/new/SOP-01`);
    await page.getByRole("link", { name: /^已完成，/ }).click();
    await page.waitForURL(run);
    await page.goto(`${url}/runs/r20200101-000000-00000000`);
    await page.getByRole("alert").waitFor();
    await forgive(/ 404 .*\/api\/v1\/runs\/r20200101-/);
    assert.deepEqual(problems, []);
  });
});
