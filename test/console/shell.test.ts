// The console's frame and its page Today, in a real browser on a real daemon.
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { ask, bookFolder, CONFIG, NOON, serving, shiftedClock } from "../kit/daemon.ts";
import { freePort } from "../kit/port.ts";
import { needs } from "../live/needs.ts";

const BOOK = `${CONFIG}rota:
  main: { title: First line, people: [wang] }
`;

test("the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const chrome = await browser(t);
  const console = builtConsole();
  const root = bookFolder(t, { "watchbook.yaml": BOOK });
  const { url } = await serving(t, root, { console, clock: shiftedClock(NOON) });
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);

  for (const lang of ["en", "zh"] as const)
    for (const theme of ["light", "dark"] as const)
      await each(`Today in ${lang}, ${theme}: nothing that axe or the policy refuses, no other host`, async (t) => {
        const { page, problems } = await tab(t, chrome, url, { lang, theme });
        await page.getByRole("heading", { level: 1, name: lang === "zh" ? "今日" : "Today" }).waitFor();
        await page.locator("[data-live=on]").waitFor();
        await page.locator("[data-state=pass]").first().waitFor();
        assert.deepEqual(await axe(page), []);
        assert.equal(await page.evaluate("document.documentElement.lang"), lang === "zh" ? "zh-CN" : "en");
        await shot(page, `today-${lang}-${theme}`);
        assert.deepEqual(problems, []);
      });

  await each("what goes wrong is on the page by itself, with its place in the manual", async (t) => {
    const { page, problems } = await tab(t, chrome, url);
    await page.locator("[data-live=on]").waitFor();
    const tick = page.getByRole("link", { name: "Look and tick" });
    assert.equal(await tick.getAttribute("href"), "/duties/daily-inspection");
    await page.getByText("First line").waitFor();
    rmSync(join(root, "beacon"));
    await page.getByText("Beacon file on local has failed").waitFor();
    assert.match(await page.locator("main").innerText(), /ops\.md:\d+/);
    await shot(page, "today-wrong");
    writeFileSync(join(root, "beacon"), "lit\n");
    await page.getByText("Beacon file on local has failed").waitFor({ state: "detached" });
    assert.deepEqual(problems, []);
  });

  await each("everything by keyboard: palette, keys, sheet, and their switch", async (t) => {
    const { page, problems } = await tab(t, chrome, url);
    await page.locator("[data-live=on]").waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Skip to the content");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").waitFor();
    await page.keyboard.type("中文");
    await page.getByRole("option", { selected: true }).waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "palette");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "今日" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "按键" }).waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "keys");
    await page.getByRole("checkbox").press("Space");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("?");
    assert.equal(await page.getByRole("dialog").count(), 0, "keys of one letter are off");
    assert.deepEqual(problems, []);
  });

  await each("on a phone nothing has to be scrolled sideways", async (t) => {
    const { page, problems } = await tab(t, chrome, url, { size: "phone", theme: "dark", lang: "zh" });
    await page.locator("[data-state=pass]").first().waitFor();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    assert.deepEqual(await axe(page), []);
    await shot(page, "today-phone");
    assert.deepEqual(problems, []);
  });

  await each("an address without a page says so; without script the plain page is offered", async (t) => {
    const { page } = await tab(t, chrome, `${url}/no/such/page`);
    await page.getByText("There is no page at this address.").waitFor();
    assert.deepEqual(await axe(page), []);
    const plain = await tab(t, chrome, url, { javaScript: false });
    await plain.page.locator("a[href='/plain']").click();
    await plain.page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  });

  await each("the daemon is lost and found again, and the page says both", async (t) => {
    const listen = `127.0.0.1:${await freePort()}`;
    const root = bookFolder(t);
    const clock = shiftedClock(NOON);
    const given = { console, listen, clock };
    const first = await serving(t, root, given);
    const { page } = await tab(t, chrome, first.url);
    await page.locator("[data-live=on]").waitFor();
    await first[Symbol.asyncDispose]();
    await page.getByText("The daemon does not answer. Last seen").waitFor();
    assert.match(await page.locator("main").innerText(), /Beacon|Daily inspection/, "what was known stays readable");
    await shot(page, "lost");
    assert.deepEqual(await axe(page), []);
    rmSync(join(root, "beacon"));
    clock.set(NOON + 86_400_000);
    await serving(t, root, given);
    await page.locator("[data-live=on]").waitFor();
    await page.getByText("Beacon file on local has failed").waitFor();
    const gap = page.getByRole("status").filter({ hasText: "Nobody watched from" });
    await gap.getByRole("link", { name: "Daily inspection" }).waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "today-was-down");
    assert.equal(await page.getByText("The daemon does not answer").count(), 0);
  });

  await each(
    "its files are kept where their name has a digest, compressed, and nothing else is to be had by path",
    async () => {
      const index = await ask(url, "/");
      const policy = String(index.headers["content-security-policy"]);
      assert.match(
        policy,
        /script-src 'self' 'sha256-[^' ]+'; style-src 'self' 'sha256-[^' ]+';.*frame-ancestors 'none'.*require-trusted-types-for 'script'/,
      );
      assert.equal(index.headers["cache-control"], "no-store");
      assert.doesNotMatch(index.text, /https?:| style=| on\w+=/);
      const script = /"(\/assets\/vendor-[^"]+\.js)"/.exec(index.text)![1]!;
      const kept = await ask(url, script, { headers: { "accept-encoding": "gzip, br" } });
      assert.deepEqual(
        [
          kept.status,
          kept.headers["content-encoding"],
          kept.headers["cache-control"],
          kept.headers["x-content-type-options"],
        ],
        [200, "br", "public, max-age=31536000, immutable", "nosniff"],
      );
      const again = await ask(url, script, { headers: { "if-none-match": String(kept.headers["etag"]) } });
      assert.equal(again.status, 304);
      for (const path of [
        "/assets/../../package.json",
        "/assets/%2e%2e/%2e%2e/package.json",
        "/..%2f..%2fpackage.json",
        "/assets/none.js",
      ])
        assert.equal((await ask(url, path)).status, 404, path);
    },
  );
});
