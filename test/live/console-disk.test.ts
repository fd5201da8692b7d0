// A store that takes nothing any more, seen in a real browser: everything is read, nothing is changed, and both are said.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { bookFolder, CONFIG, serving, until } from "../kit/daemon.ts";
import { CHEAP } from "../kit/people.ts";
import { setUp } from "../kit/signed-in.ts";
import { disk } from "./disk.ts";
import { needs } from "./needs.ts";

test("a store that is full is read in the console, and says why it takes nothing", async (t) => {
  if (!needs(t, "root", "mount", "umount", "chromium")) return;
  const data = disk(t, "12m");
  const root = bookFolder(t, { "watchbook.yaml": `${CONFIG}watcher: { reserve: 2 }\n` });
  const every = { checks: 200, book: 1_000, calendar: 200, alerts: 100, watcher: 100 };
  const given = { every, data, clock: systemClock, console: builtConsole(), cost: CHEAP };
  const { url, socket, daemon } = await serving(t, root, given);
  const chrome = await browser(t);
  const { page, problems, forgive } = await tab(t, chrome, `${url}/sign-in`);
  await setUp(page, socket, "wang");
  const fill = (name: string): Buffer =>
    execFileSync("sh", ["-c", 'head -c 20m /dev/zero > "$0" 2>/dev/null || true', join(data, name)]);
  const reserve = (): number | undefined => statSync(join(data, "reserve"), { throwIfNoEntry: false })?.size;
  await until("the reserve", () => reserve() === 2 << 20);
  fill("filler");
  await until("that it is given up", () => reserve() === 0);
  await until("nothing is taken", () => {
    fill("more");
    return daemon.ill() !== undefined || daemon.alerts.ill() !== undefined;
  });
  await page.goto(`${url}/duties/daily-inspection`);
  await page.getByText("The beacon file is there").first().waitFor();
  await page.goto(`${url}/incidents`);
  await page.getByRole("button", { name: "Declare an incident" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What is wrong").fill("it is dark");
  await dialog.getByRole("button", { name: "Declare an incident" }).click();
  await page.getByRole("alert").first().waitFor();
  assert.match((await page.getByRole("alert").first().textContent()) ?? "", /space|full|disk/i);
  await shot(page, "store-full-refused");
  for (const path of ["/", "/services", "/alerts", "/manual", "/runs", "/evidence", "/settings/system"]) {
    await page.goto(`${url}${path}`);
    await page.locator("main section, main li").first().waitFor();
    assert.equal(await page.getByText("This part of the page failed").count(), 0, path);
  }
  assert.deepEqual(await axe(page), []);
  await page.goto(url);
  await page
    .locator("main")
    .getByText(/space|full|disk/i)
    .first()
    .waitFor();
  assert.deepEqual(await axe(page), []);
  await shot(page, "store-full");
  for (const name of ["filler", "more"]) rmSync(join(data, name));
  await until("it is well again", () => daemon.ill() === undefined && daemon.alerts.ill() === undefined);
  await page.goto(`${url}/settings/system`);
  await page.getByText("Checks are read, and the store takes what is written.").waitFor();
  await forgive(/ 503 .*\/api\/v1\/incidents\?/, / 503 .*\/health\?/);
  assert.deepEqual(problems, []);
});
