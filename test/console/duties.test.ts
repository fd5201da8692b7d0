// The daily inspection, done and answered in a real browser.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { bookFolder, NIGHT, serving, shiftedClock } from "../kit/daemon.ts";
import { setUp } from "../kit/signed-in.ts";
import { needs } from "../live/needs.ts";

test("duties in the console", async (t) => {
  if (!needs(t, "chromium")) return;
  // At night: nothing has been done by itself yet today, yesterday nobody served the book.
  const { url, socket } = await serving(t, bookFolder(t), { console: builtConsole(), clock: shiftedClock(NIGHT) });
  const chrome = await browser(t);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);

  await each(
    "the daily inspection is done, what only a person can say is answered, the report is one click away",
    async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/sign-in?next=/duties/daily-inspection`);
      await setUp(page, socket, "wang");
      await page.getByRole("button", { name: "Do it now" }).click();
      await page.getByText("Only a person can say").waitFor();
      await page.getByRole("group", { name: "The fan sounds healthy" }).getByLabel("not in order").check();
      await page.getByLabel("What you saw: The fan sounds healthy").fill("it rattles <b>loudly</b>");
      assert.deepEqual(await axe(page), []);
      await shot(page, "duty-open");
      await page.getByRole("button", { name: "Sign these answers" }).click();
      await page.locator("main [data-state=done]").waitFor();
      await shot(page, "duty-done");
      assert.deepEqual(await axe(page), []);
      assert.deepEqual(problems, []);
      await page.goto(`${url}/duties`);
      const mark = page.getByRole("link", { name: "Daily inspection, 2026-11-16: fail" });
      await mark.click();
      await page.waitForURL(/\/reports\//);
      assert.match(await page.locator("body").innerText(), /it rattles <b>loudly<\/b>/);
      assert.match(await page.locator("body").innerText(), /wang/);
    },
  );

  for (const [lang, theme, size] of [
    ["en", "light", "desk"],
    ["zh", "dark", "phone"],
  ] as const)
    await each(`the month in ${lang}, ${theme}, ${size}`, async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/duties`, { lang, theme, size });
      await page.getByRole("table").waitFor();
      assert.deepEqual(await axe(page), []);
      assert.ok(
        (await page.evaluate<number>("document.documentElement.scrollWidth")) <= (size === "phone" ? 360 : 1280),
      );
      await shot(page, `duties-${lang}-${theme}`);
      await page.getByRole("button", { name: lang === "zh" ? "上个月" : "Month before" }).click();
      await page.getByText(lang === "zh" ? "2026年10月" : "October 2026").waitFor();
      assert.deepEqual(problems, []);
    });
});
