// Backups and drills in a real browser: a set that was never restored is not good, a drill proves it, and where its time went.
import assert from "node:assert/strict";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { backupBook } from "../kit/backup-book.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { bookFolder, serving } from "../kit/daemon.ts";
import { setUp } from "../kit/signed-in.ts";
import { needs } from "../live/needs.ts";

const MANUAL = `# Shop

## Objectives

| Objective | Target |
| --- | --- |
| RTO | 10 min |
| RPO | 24 h |
`;

test("backups and drills in the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const probe = "{ kind: shell, risk: read, with: { script: ls } }";
  const { book, wb, root } = backupBook(t, { readme: MANUAL, probe, people: "{ wang: {} }" });
  const taken = await wb("backup", "run", "shop", "--no-ask", "--env", "prod");
  assert.equal(taken.code, 0, `${taken.out}${taken.err}`);
  const { url, socket } = await serving(t, book, { clock: systemClock, console: builtConsole() });
  const chrome = await browser(t);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);

  await each("a set that nobody ever restored is not good; its restore was never drilled", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/backups`);
    await page.getByText(/newest run .* ago/).waitFor();
    await page.getByText("Its sets were not looked at yet.").waitFor();
    await page.locator('[data-state="undrilled"]').first().waitFor();
    await page.getByRole("button", { name: "Look into the repository" }).click();
    await page.locator('[data-state="unproven"]').waitFor();
    await page.getByText("none of its sets was ever restored").waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "backups");
    const plan = page.getByRole("link", { name: /^Restore.*: never drilled$/i });
    assert.equal(await plan.getAttribute("href"), "/runs/new/restore-shop");
    await page.getByRole("link", { name: "Restore it" }).click();
    await page.waitForURL(`${url}/runs/new/restore-shop`);
    assert.deepEqual(problems, []);
  });

  await each(
    "a plan is read in a minute: what copies is named, and its lines are there for whoever opens it",
    async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/sign-in?next=/runs/new/backup-shop`);
      await setUp(page, socket, "wang");
      await page.getByLabel("Environment").selectOption("prod");
      await page.getByRole("button", { name: "Show the plan" }).click();
      const program = page.getByText(/^by a program of \d+ lines$/).first();
      await program.waitFor();
      await page
        .getByText(/^files files: \{.*\}$/)
        .first()
        .waitFor();
      const bytes = program.locator("xpath=following-sibling::pre");
      assert.equal(await bytes.isVisible(), false);
      await program.click();
      await bytes.waitFor();
      assert.deepEqual(await axe(page), []);
      await shot(page, "backups-plan");
      assert.deepEqual(problems, []);
    },
  );

  await each("a drill stands in the calendar with its evidence: on a phone, in Chinese, in the dark", async (t) => {
    const drilled = await wb("drill", "restore-shop", "--yes", "--no-ask", "--env", "prod");
    assert.match(drilled.out, /inconclusive/, `${drilled.out}${drilled.err}`);
    const { page, problems } = await tab(t, chrome, `${url}/backups`, { size: "phone", lang: "zh", theme: "dark" });
    await page.getByRole("heading", { name: "承诺与证明" }).waitFor();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    assert.deepEqual(await axe(page), []);
    await shot(page, "backups-phone-zh-dark");
    // Back and forth before the answer is there: the month that was asked for counts, not the one still shown.
    const held = Promise.withResolvers<void>();
    await page.route("**/api/v1/drill-days*", async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.getByRole("button", { name: "上个月" }).tap();
    await page.getByRole("button", { name: "下个月" }).tap();
    held.resolve();
    await page.getByRole("link", { name: /无定论$/ }).tap();
    await page.waitForURL(/\/evidence\/[^/]+restore-shop/);
    assert.deepEqual(problems, []);
  });

  await each("evidence that somebody removed is missed beside its drill", async (t) => {
    const evidence = join(book, ".watchbook", "evidence");
    const drilled = readdirSync(evidence, { recursive: true, encoding: "utf8" }).filter((path) =>
      /-restore-shop-[0-9a-f]{4}$/.test(path),
    );
    assert.equal(drilled.length, 1);
    rmSync(join(evidence, drilled[0]!), { recursive: true });
    const { page, problems } = await tab(t, chrome, `${url}/backups`);
    await page.getByText("Evidence of a run of it is gone or was changed").waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "backups-removed");
    assert.deepEqual(problems, []);
  });

  await each("a repository that is not there is said, and no set is", async (t) => {
    rmSync(join(root, "sets"), { recursive: true });
    writeFileSync(join(root, "sets"), "no folder\n");
    const { page, problems, forgive } = await tab(t, chrome, `${url}/backups`);
    await page.getByRole("button", { name: "Look into the repository" }).click();
    await page.getByRole("alert").waitFor();
    assert.equal(await page.locator('[data-state="good"], [data-state="unproven"]').count(), 0);
    await forgive(/ 400 .*\/backups\/shop\/sets/);
    assert.deepEqual(problems, []);
  });

  await each("a book without backups says what to declare", async (t) => {
    const { url: other } = await serving(t, bookFolder(t), { console: builtConsole() });
    const { page, problems } = await tab(t, chrome, `${other}/backups`);
    await page.getByText("The book has no backup sets.").waitFor();
    await page.getByText("The book has nothing to drill.").waitFor();
    assert.deepEqual(problems, []);
  });
});
