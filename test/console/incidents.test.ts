// An incident in a real browser: declared from its alert, taken, told, not over while users are hit, over when they are not.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { byFilter } from "../../console/pages/incidents/filters.ts";
import { lacksOf } from "../../console/pages/incidents/lacks.ts";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { ask, bookFolder, serving, until } from "../kit/daemon.ts";
import { CHEAP } from "../kit/people.ts";
import { receiver } from "../kit/receiver.ts";
import { setUp, signIn } from "../kit/signed-in.ts";
import { needs } from "../live/needs.ts";

const book = (target: string): string => `title: Shop
lang: en
zone: Asia/Shanghai
services: { shop: { title: Shop } }
people:
  wang: { name: Wang }
  wei: { name: Wei }
checks:
  front: { kind: http, title: The shop answers, service: shop, params: { url: "${target}" } }
rules:
  shop-down: { check: front, severity: critical }
severities:
  critical: { scale: alert }
  P0: { scale: incident, respond: 15m, resolve: 2h }
  P1: { scale: incident, respond: 1h, resolve: 8h }
incidents:
  priorities: { critical: P0 }
  pauses: { customer: { title: Waits for the customer, clocks: [resolve] } }
  page: {}
`;
const SYMPTOMS = `# When something is wrong

| Symptom | Where to look |
| --- | --- |
| The shop is slow | top |
`;

test("a timeline has its pinned lines first, then the newest, and shows only what is asked for", () => {
  const line = (id: string, more: object) => ({ id, at: Number(id), kind: "note" as const, args: {}, ...more });
  const timeline = [line("1", { by: "wang", pinned: true as const }), line("2", {}), line("3", { by: "wei" })];
  const ids = (filter: Parameters<typeof byFilter>[1]) => byFilter(timeline, filter).map(({ id }) => id);
  assert.deepEqual(ids("all"), ["1", "3", "2"]);
  assert.deepEqual(ids("people"), ["1", "3"]);
  assert.deepEqual(ids("machine"), ["2"]);
  assert.deepEqual(ids("pinned"), ["1"]);
});

test("an incident that is over lacks what nobody did; one that goes on lacks nothing yet", () => {
  const of = (more: object): Parameters<typeof lacksOf>[0] =>
    ({ state: "resolved", roles: {}, actions: [], published: [], ...more }) as never;
  const given = { file: null, today: "2026-11-21" };
  assert.deepEqual(lacksOf(of({ review: { owner: "wei", due: "2026-11-20" } }), given), [
    ...["late", "document", "roles", "actions"],
  ]);
  const told = { state: "identified", text: "x", at: 0, by: "wei" };
  const back = { state: "resolved", text: "y", at: 1, by: "wei", retracted: { at: 2, by: "wei", reason: "z" } };
  const action = { id: "a1", text: "x", owner: "wei", due: "2026-12-01", by: "wei", at: 0 };
  const closed = of({ state: "closed", actions: [action], published: [told, back] });
  assert.deepEqual(lacksOf(closed, { ...given, file: "review.md" }), ["public", "open"]);
  assert.deepEqual(lacksOf(of({ state: "open", published: [told] }), given), []);
});

test("incidents in the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const target = await receiver(t);
  const root = bookFolder(t, { "watchbook.yaml": book(target.url), "symptoms.md": SYMPTOMS });
  const every = { checks: 100, book: 50, calendar: 50, alerts: 50, incidents: 50 };
  const given = { every, clock: systemClock, console: builtConsole(), cost: CHEAP };
  const { url, socket, daemon } = await serving(t, root, given);
  const chrome = await browser(t);
  target.state.status = 503;
  const alert = await until("the alert", () => [...daemon.alerts.desk().open.values()][0]);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);
  let at = "";

  await each("declared from its alert, taken, assigned, told; clocks count down and stand still", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/sign-in?next=/incidents`);
    await setUp(page, socket, "wang");
    await page.getByText("No incident is going on.").waitFor();
    assert.deepEqual(await axe(page), []);
    await page.goto(`${url}/alerts/${alert.id}`);
    await page.getByRole("link", { name: "Declare an incident from this alert" }).click();
    const dialog = page.getByRole("dialog", { name: "Declare an incident" });
    await dialog.waitFor();
    assert.deepEqual(await axe(page), []);
    await dialog.getByRole("button", { name: "Declare an incident" }).click();
    await page.getByRole("heading", { level: 1, name: "[P0] The shop answers" }).waitFor();
    at = page.url();
    await page.getByText("yes: the user's path is red").waitFor();
    await page
      .getByText(/min left, until/)
      .first()
      .waitFor();
    const press = async (name: string, fill?: () => Promise<unknown>): Promise<void> => {
      await page.getByRole("button", { name, exact: true }).click();
      await fill?.();
      await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
    };
    await press("I have it");
    await page.locator("[data-clock=respond] [data-state=done]").waitFor();
    await press("Note", () => page.getByLabel("What you say").fill("restarting <b>nginx</b>"));
    await press("Assign a role", () => page.getByLabel("Person").selectOption({ label: "Wei" }));
    await page.getByText("commander: wei").first().waitFor();
    await press("Stop the clocks");
    await page
      .getByText(/stands still/)
      .first()
      .waitFor();
    await press("Let the clocks run");
    await page.getByRole("button", { name: /^Pin: restarting/ }).click();
    await page.getByRole("button", { name: /^Unpin: restarting/ }).waitFor();
    assert.match((await page.locator("section ol li").first().textContent()) ?? "", /restarting <b>nginx<\/b>/);
    await page.getByRole("group", { name: "Show" }).getByRole("button", { name: "what was measured" }).click();
    await page.getByRole("button", { name: /^Unpin: restarting/ }).waitFor({ state: "detached" });
    await page.getByRole("group", { name: "Show" }).getByRole("button", { name: "everything" }).click();
    assert.deepEqual(await axe(page), []);
    await shot(page, "incident");
    assert.deepEqual(problems, []);
  });

  await each(
    "not over while the path is red, and the refusal says why; over when it is green, from a phone",
    async (t) => {
      const { page, problems, forgive } = await tab(t, chrome, at, { size: "phone" });
      await page.getByRole("button", { name: "It is over" }).tap();
      const dialog = page.getByRole("dialog", { name: "It is over" });
      await dialog.getByLabel("What ended it").fill("nginx restarted");
      await dialog.getByRole("button", { name: "It is over" }).tap();
      await dialog.getByRole("link", { name: "Sign in" }).tap();
      await signIn(page, "wang");
      await page.getByRole("button", { name: "It is over" }).tap();
      await dialog.getByLabel("What ended it").fill("nginx restarted");
      await dialog.getByRole("button", { name: "It is over" }).tap();
      await dialog.getByText(/the user's path is red/).waitFor();
      assert.deepEqual(await axe(page), []);
      await shot(page, "incident-red-phone");
      target.state.status = 200;
      await until("the alert is over", () => daemon.alerts.desk().open.size === 0);
      await dialog.getByRole("button", { name: "It is over" }).tap();
      await page.getByRole("button", { name: "The review was held" }).waitFor();
      await forgive(/ 401 .*\/actions/, / 409 .*\/actions/);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      assert.deepEqual(await axe(page), []);
      await shot(page, "incident-over-phone");
      assert.deepEqual(problems, []);
    },
  );

  await each("by hand in Chinese and in the dark; markup stays text, and the list has the worst first", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/sign-in?next=/incidents`, { lang: "zh", theme: "dark" });
    await signIn(page, "wang");
    for (const [title, priority] of [
      ["<img src=x onerror=alert(1)>", "P1"],
      ["付不了款", "P0"],
    ] as const) {
      await page.getByRole("button", { name: "宣布事件" }).click();
      await page.getByLabel("出了什么问题").fill(title);
      await page.getByLabel("优先级").selectOption(priority);
      await page.getByRole("dialog").getByRole("button", { name: "宣布事件" }).click();
      await page.getByRole("heading", { level: 1, name: `[${priority}] ${title}` }).waitFor();
      await page.goto(`${url}/incidents`);
    }
    await page.getByRole("heading", { name: "已恢复，尚欠复盘" }).waitFor();
    const going = page.locator("main section").first().getByRole("link");
    assert.deepEqual(await going.allTextContents(), ["[P0] 付不了款", "[P1] <img src=x onerror=alert(1)>"]);
    assert.equal(await page.locator("main img").count(), 0);
    assert.deepEqual(await axe(page), []);
    await shot(page, "incidents-zh-dark");
    await going.first().click();
    await page.getByRole("heading", { name: "用户受影响吗？" }).waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "incident-zh-dark");
    assert.deepEqual(problems, []);
  });

  await each(
    "the review says what it lacks; what is published is read by everybody until it is taken back",
    async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/sign-in?next=${new URL(at).pathname}`);
      await signIn(page, "wang");
      await page.getByText("The review is not in the manual yet.").waitFor();
      const press = async (name: string, fill: () => Promise<unknown>, as = name): Promise<void> => {
        await page.getByRole("button", { name: as }).first().click();
        await fill();
        await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
        await page.getByRole("dialog").waitFor({ state: "detached" });
      };
      await press("Publish", () => page.getByLabel("What everybody may read").fill("Payments <i>fail</i>"));
      await page.getByText("The status page does not say that it is over.").waitFor();
      const status = async (): Promise<string> => (await ask(url, "/status")).text;
      assert.match(await status(), /Payments &lt;i&gt;fail/);
      await press("Take it back", () => page.getByLabel("Why").fill("wrong shop"));
      await page.getByText("taken back by wang: wrong shop").waitFor();
      assert.doesNotMatch(await status(), /Payments/);
      await press("Ask for work", async () => {
        await page.getByLabel("What is to be done").fill("raise the limit");
        await page.getByLabel("Who").selectOption({ label: "Wei" });
        await page.getByLabel("By when").fill("2030-01-31");
      });
      await press(
        "It is done",
        () => page.getByLabel("What proved it").fill("run 8f3c"),
        "It is done: raise the limit",
      );
      await page.getByText("wang: run 8f3c").waitFor();
      assert.deepEqual(await axe(page), []);
      await shot(page, "incident-review");
      await page.getByRole("link", { name: "The review with its facts" }).click();
      await page.getByRole("heading", { name: /^Review of inc-.*: The shop answers/ }).waitFor();
      await page.getByRole("cell", { name: "raise the limit", exact: true }).waitFor();
      const [saved] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Save as Markdown" }).click(),
      ]);
      assert.match(saved.suggestedFilename(), /^incident-.*\.md$/);
      assert.deepEqual(await axe(page), []);
      await shot(page, "review");
      assert.deepEqual(problems, []);
    },
  );

  await each(
    "a problem: opened, given, joined to its incident, a known error with the manual's new row, closed with proof",
    async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/sign-in?next=/incidents/problems`, { size: "phone" });
      await signIn(page, "wang");
      await page.getByText("Nothing is known to come back.").waitFor();
      const press = async (name: string, fill: () => Promise<unknown>): Promise<void> => {
        await page.getByRole("button", { name, exact: true }).first().tap();
        await fill();
        await page.getByRole("dialog").getByRole("button", { name, exact: true }).tap();
        await page.getByRole("dialog").waitFor({ state: "detached" });
      };
      await press("Open a problem", () => page.getByLabel("What comes back").fill("Uploads | stop"));
      await page.getByRole("link", { name: "Uploads | stop" }).tap();
      await page.getByText("nobody has taken it").first().waitFor();
      await press("Give it to somebody", () => page.getByLabel("Who").selectOption({ label: "Wei" }));
      await page.getByText("in the hands of wei").waitFor();
      const mine = new URL(at).pathname.split("/").at(-1)!;
      await press("Link an incident", () => page.getByLabel("Incident", { exact: true }).selectOption(mine));
      await page.getByRole("link", { name: "[P0] The shop answers" }).waitFor();
      await page.getByText("raise the limit").waitFor();
      await press("The cause is known", () => page.getByLabel("Cause", { exact: true }).fill("the worker leaks"));
      await press("There is a way round", () => page.getByLabel("How people get by").fill("restart it"));
      await page.locator("pre", { hasText: "+| Uploads \\| stop | restart it; the worker leaks |" }).waitFor();
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      assert.deepEqual(await axe(page), []);
      await shot(page, "problem-phone");
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("uploads");
      await page.getByRole("option", { name: /Uploads \| stop/ }).waitFor();
      await page.keyboard.press("Escape");
      await press("It is mended", async () => {
        await page.getByLabel("What mended it", { exact: true }).fill("2.4.1");
        await page.getByLabel("What proved it: run, inspection or drill").fill("drill 17");
      });
      await page.getByText(/proven by drill 17/).waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("mended uploads");
      await page.getByRole("option", { name: /Uploads \| stop Mended prb-/ }).waitFor();
      await page.keyboard.press("Escape");
      await page.goto(`${url}/incidents/problems`);
      await page.getByRole("button", { name: "Show mended ones" }).tap();
      await page.getByRole("link", { name: "Uploads | stop" }).waitFor();
      assert.deepEqual(await axe(page), []);
      assert.deepEqual(problems, []);
    },
  );
});
