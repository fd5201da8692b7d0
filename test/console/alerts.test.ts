// From the first set-up to an alert acknowledged on a phone, in a real browser.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { bookFolder, serving, until } from "../kit/daemon.ts";
import { receiver } from "../kit/receiver.ts";
import { setUp, signIn } from "../kit/signed-in.ts";
import { needs } from "../live/needs.ts";

const EVIL = `<img src=x onerror=alert(1)>`;
const book = (target: string, hook: string): string => `title: Shop
lang: en
zone: Asia/Shanghai
people:
  wang: { name: Wang }
services:
  shop: { title: Shop }
checks:
  front: { kind: http, title: ${JSON.stringify(`The shop answers ${EVIL}`)}, service: shop, params: { url: "${target}" } }
  back: { kind: http, title: The back office answers, service: shop, params: { url: "${target}" } }
rules:
  shop-down: { check: front, severity: P1 }
  back-down: { check: back, severity: P2 }
severities:
  P1: { scale: alert, channels: [hook] }
  P2: { scale: alert, channels: [hook] }
alerts: { url: "http://127.0.0.1:7070" }
channels:
  hook: { kind: webhook, url: "${hook}", allow: ["127.0.0.1"] }
`;

test("people and alerts in the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const [target, hook] = [await receiver(t), await receiver(t)];
  const root = bookFolder(t, { "watchbook.yaml": book(target.url, hook.url) });
  const every = { checks: 100, book: 50, calendar: 50, alerts: 50 };
  const { url, socket, daemon } = await serving(t, root, { every, clock: systemClock, console: builtConsole() });
  const chrome = await browser(t);
  target.state.status = 503;
  await until("two alerts", () => daemon.alerts.desk().open.size === 2);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);

  await each(
    "whoever has the code becomes administrator, signs out, is refused with a wrong password, and is let in",
    async (t) => {
      const { page, problems, forgive } = await tab(t, chrome, `${url}/sign-in`);
      await page.getByRole("heading", { name: "Set up watchbook" }).waitFor();
      assert.deepEqual(await axe(page), []);
      await shot(page, "setup");
      await setUp(page, socket, "wang");
      await page.getByRole("button", { name: /Sign out/ }).click();
      await page.getByRole("link", { name: "Sign in" }).click();
      await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
      assert.deepEqual(await axe(page), []);
      assert.deepEqual(problems, []);
      await signIn(page, "wang", "not the password at all");
      await page.getByRole("alert").waitFor();
      await shot(page, "sign-in-refused");
      await forgive(/ 401 .*\/api\/session/);
      await signIn(page, "wang");
      await page.getByRole("button", { name: /Sign out/ }).waitFor();
      assert.deepEqual(problems, []);
    },
  );

  for (const [lang, theme] of [
    ["en", "light"],
    ["zh", "dark"],
  ] as const)
    await each(`alerts in ${lang}, ${theme}: grouped, with why, inert whatever they are called`, async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/alerts`, { lang, theme });
      await page.getByText("[P1]").waitFor();
      await page.getByText("503", { exact: false }).first().waitFor();
      assert.equal(await page.locator("main img").count(), 0);
      assert.deepEqual(await axe(page), []);
      await shot(page, `alerts-${lang}-${theme}`);
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await page.getByText("hook", { exact: true }).waitFor();
      assert.deepEqual(await axe(page), []);
      await shot(page, `alert-${lang}-${theme}`);
      assert.deepEqual(problems, []);
    });

  await each("acknowledged from a phone: not without signing in, and then for everybody to see", async (t) => {
    const { page, problems, forgive } = await tab(t, chrome, `${url}/alerts`, { size: "phone" });
    const acknowledge = async (): Promise<void> => {
      await page.getByRole("button", { name: /^Acknowledge: The shop answers/ }).tap();
      await page.getByLabel("Note").fill("on it");
      await page.getByRole("dialog").getByRole("button", { name: "Acknowledge" }).tap();
    };
    await acknowledge();
    await page.getByRole("alert").getByRole("link", { name: "Sign in" }).waitFor();
    await shot(page, "alerts-phone-refused");
    assert.ok(
      daemon.alerts.desk().open.size === 2 && hook.got.every(({ event }) => event === "fire"),
      "nothing changed",
    );
    await forgive(/ 401 .*\/alerts\/actions/);
    await page.getByRole("alert").getByRole("link", { name: "Sign in" }).tap();
    await signIn(page, "wang");
    await page.waitForURL(`${url}/alerts`);
    await acknowledge();
    await page.getByText("Wang has it").or(page.getByText("wang has it")).first().waitFor();
    // Alone it cannot be done: the next one is called, and nobody has it any more.
    await page.getByRole("button", { name: /^Escalate: The shop answers/ }).tap();
    await page.getByLabel("Reason").fill("it is the database");
    await page.getByRole("dialog").getByRole("button", { name: "Escalate" }).tap();
    await page.getByRole("button", { name: /^Acknowledge: The shop answers/ }).waitFor();
    await page.getByRole("link", { name: "local" }).first().tap();
    await page.getByText("wang escalates: it is the database").waitFor();
    await page.getByRole("link", { name: "shop · front" }).waitFor();
    await page.goto(`${url}/alerts`);
    await acknowledge();
    await page.getByText("wang has it").first().waitFor();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    assert.deepEqual(await axe(page), []);
    await shot(page, "alerts-phone");
    assert.deepEqual(problems, []);
  });

  await each("silenced for a reason, and ended again", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/sign-in?next=/alerts`);
    await signIn(page, "wang");
    await page.getByRole("button", { name: /^Silence: The back office/ }).click();
    await page.getByLabel("Reason").fill("moved tonight");
    assert.deepEqual(await axe(page), []);
    await page.getByRole("dialog").getByRole("button", { name: "Silence" }).click();
    await page.getByText("kept quiet by wang: moved tonight").waitFor();
    await shot(page, "alerts-silenced");
    await page.getByRole("button", { name: "End it now" }).click();
    await page.getByText("Nothing is silenced.").waitFor();
    assert.deepEqual(problems, []);
  });

  await each("an alert that comes to an end takes neither the dialog about it away nor what was typed", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/sign-in?next=/alerts`);
    await signIn(page, "wang");
    await page.getByRole("button", { name: /^Silence: The back office/ }).click();
    await page.getByLabel("Reason").fill("it comes and goes");
    target.state.status = 200;
    await page.getByText("No alert is firing.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Silence" }).click();
    await page.getByText("wang: it comes and goes").waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    // Over, it is found as what it was.
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("over back office");
    await page
      .getByRole("option", { name: /The back office.* Over / })
      .first()
      .click();
    await page.waitForURL(/\/alerts\/[^/]+$/);
    assert.deepEqual(problems, []);
  });
});
