// What the browser could not fetch, as when a network changes under it: the page comes nevertheless, or says what else there is.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Route } from "playwright-core";
import { axe, browser, builtConsole, shot, tab, type Tab } from "../kit/browser.ts";
import { bookFolder, serving, until } from "../kit/daemon.ts";
import { needs } from "../live/needs.ts";

const FAILED = [/net::ERR_FAILED/];

test("what did not arrive in the browser", async (t) => {
  if (!needs(t, "chromium")) return;
  const chrome = await browser(t);
  const { url } = await serving(t, bookFolder(t), { console: builtConsole() });
  const today = ({ page }: Tab): Promise<void> => page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  /** Today in a tab that does not get these files the first `times` times. */
  const without = async (t: TestContext, files: RegExp, times: number): Promise<Tab & { left(): number }> => {
    let left = times;
    const found = await tab(t, chrome, `${url}/plain`);
    await found.page.route(files, async (route: Route) => (left-- > 0 ? route.abort() : route.continue()));
    await found.page.goto(url);
    return { ...found, left: () => left };
  };

  for (const [what, files, times] of [
    ["the script of every page", /\/assets\/shell-.*\.js$/, 2],
    ["what others wrote", /\/assets\/vendor-.*\.js$/, 2],
    ["the words", /\/assets\/en-.*\.js$/, 5],
    ["the page's own part", /\/assets\/page-.*\.js$/, 2],
    ["the style sheet", /\/assets\/.*\.css$/, 1],
  ] as const)
    await t.test(`${what}: it is asked for again by itself`, async (t) => {
      const found = await without(t, files, times);
      await today(found);
      await found.page.locator("[data-live=on]").waitFor();
      await until("it was asked for again", () => found.left() < 0);
      // Only the style sheet hides the link that leads past the navigation.
      const hidden = `getComputedStyle(document.querySelector('a[href="#main"]')).position === "absolute"`;
      await until("the page has its style", () => found.page.evaluate<boolean>(hidden));
      await found.forgive(...FAILED);
      assert.deepEqual(found.problems, []);
    });

  await t.test("what never arrives: the page says so, and leads to the plain one", async (t) => {
    const { page } = await without(t, /\/assets\/shell-.*\.js$/, 100);
    await page.getByRole("alert").getByText("It is asked for again").waitFor();
    await page.getByRole("link", { name: "Plain page" }).waitFor({ timeout: 60_000 });
    await shot(page, "late-never");
    assert.deepEqual(await axe(page), []);
    await page.getByRole("link", { name: "Plain page" }).click();
    await page.waitForURL(`${url}/plain`);
  });

  await t.test("the palette: it comes a moment later, and what is there stays", async (t) => {
    const found = await without(t, /\/assets\/palette-.*\.js$/, 1);
    await today(found);
    await found.page.locator("[data-live=on]").waitFor();
    await found.page.evaluate("document.body.dataset.stays = ''");
    await found.page.keyboard.press("Control+k");
    await found.page.getByRole("combobox").waitFor();
    assert.ok(found.left() < 0, "it was asked for again");
    assert.equal(await found.page.locator("body[data-stays]").count(), 1, "the page was not loaded anew");
    await found.forgive(...FAILED);
    assert.deepEqual(found.problems, []);
  });
});
