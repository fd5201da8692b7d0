// What changed, in a real browser: releases, one that was taken back, the manual, and what came shortly before an alert.
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { serving, until } from "../kit/daemon.ts";
import { commitLamp, LAMP, lampBook, ranLamp } from "../kit/lamp-book.ts";
import { needs } from "../live/needs.ts";

const MORE = `checks: { lamp: { kind: file, title: The lamp is there, params: { path: beacon } } }
rules: { dark: { check: lamp, severity: P1 } }
severities: { P1: { scale: alert } }
`;

test("changes in the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const root = lampBook(t, MORE);
  const every = { checks: 100, book: 50, calendar: 50, alerts: 50 };
  const daemon = await serving(t, root, { every, clock: systemClock, console: builtConsole() });
  const { url } = daemon;
  const chrome = await browser(t);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);

  await each(
    "a filter that nothing fits says what to do; what is done then comes onto the page by itself",
    async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/changes?service=lamps`);
      await page.getByText("Nothing on record changed here.").waitFor();
      assert.deepEqual(await axe(page), []);
      await page.locator("[data-live=on]").waitFor();
      await ranLamp(daemon, "SOP-01", { colour: "green" });
      await ranLamp(daemon, "SOP-01", { colour: "red" });
      writeFileSync(join(root, "ops.md"), `${LAMP}\nRead this first.\n`);
      commitLamp(root, "<b>Say</b> what to read first");
      await page.locator("[data-kind=release]").nth(1).waitFor();
      await page.getByLabel("Service").selectOption({ label: "any" });
      await page.getByRole("link", { name: "<b>Say</b> what to read first" }).waitFor();
      await page.getByText(/undone in [\d.]+ s/).waitFor();
      await page.getByLabel("Kind").selectOption({ label: "release" });
      await page.locator("[data-kind=book]").first().waitFor({ state: "detached" });
      await page.waitForURL(/kind=release/);
      assert.deepEqual(await axe(page), []);
      await shot(page, "changes-release");
      assert.deepEqual(problems, []);
    },
  );

  await each("by keyboard to one change, from there to its run and its evidence", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/changes?kind=release&since=hour`);
    await page.locator("[data-kind=release]").first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Changed in the hour before" }).waitFor();
    await page.getByText("colour=red").waitFor();
    await page.locator("[data-kind=book]").first().waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "change");
    await page.getByRole("link", { name: "ops.md:3" }).first().waitFor();
    await page.getByRole("link", { name: "The run" }).click();
    await page.getByRole("heading", { level: 1, name: /Upgrade the lamp · test/ }).waitFor();
    assert.deepEqual(problems, []);
  });

  await each(
    "in Chinese, in the dark and on a phone: the manual's own changes, and what comes before an alert",
    async (t) => {
      rmSync(join(root, "beacon"));
      const alert = await until("the alert", () => [...daemon.daemon.alerts.desk().open.values()][0]);
      const how = { lang: "zh", theme: "dark", size: "phone" } as const;
      const { page, problems } = await tab(t, chrome, `${url}/alerts/${alert.id}`, how);
      await page.getByRole("heading", { name: "之前一小时内的变更" }).waitFor();
      await page.locator("[data-kind=release]").nth(1).waitFor();
      assert.deepEqual(await axe(page), []);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      await shot(page, "alert-changes-zh-phone");
      await page.goto(`${url}/changes`);
      await page.locator("[data-kind=book]").first().waitFor();
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      await shot(page, "changes-zh-phone");
      await page.getByRole("link", { name: "<b>Say</b> what to read first" }).tap();
      await page.getByRole("heading", { name: "提交" }).waitFor();
      await page.getByText("修改", { exact: true }).waitFor();
      assert.equal(await page.locator("main b").count(), 0);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      assert.deepEqual(await axe(page), []);
      await shot(page, "change-book-zh-phone");
      assert.deepEqual(problems, []);
    },
  );
});
