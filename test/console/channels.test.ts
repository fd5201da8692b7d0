// Whether people can be told, and rights for a while when nobody who has them can be reached, in a real browser.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { ask, bookFolder, serving, until } from "../kit/daemon.ts";
import { administrator, CHEAP, member, PASSWORD } from "../kit/people.ts";
import { receiver } from "../kit/receiver.ts";
import { signIn } from "../kit/signed-in.ts";
import { needs } from "../live/needs.ts";

const book = (hook: string): string => `title: Beacon node
lang: en
zone: Asia/Shanghai
services: { web: {} }
people:
  wang: { name: Wang, access: operator }
  chen: { name: Chen, access: viewer }
checks:
  beacon: { kind: file, title: Beacon file, service: web, params: { path: beacon }, items: ["The beacon file is there"] }
channels:
  hook: { kind: webhook, url: "${hook}", allow: ["127.0.0.1"] }
`;

test("channels and emergencies in the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const hook = await receiver(t);
  const root = bookFolder(t, { "watchbook.yaml": book(hook.url) });
  const every = { checks: 100, book: 50, calendar: 50, alerts: 50 };
  const on = await serving(t, root, { every, clock: systemClock, console: builtConsole(), cost: CHEAP });
  const { url, socket } = on;
  await administrator(on);
  for (const person of ["wang", "chen"]) await member(on, person);
  const chrome = await browser(t);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);

  await each("a channel is tried for a reason, says what became of it, and is known to work then", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/sign-in`);
    await signIn(page, "wang", PASSWORD);
    await page.getByRole("link", { name: "Test the channel" }).click();
    const row = page.getByRole("listitem").filter({ hasText: "webhook" });
    await row.locator("[data-state=unknown]").waitFor();
    const attempt = async (): Promise<void> => {
      await page.getByRole("button", { name: "Test hook" }).click();
      await page.getByLabel("Reason").fill("who hears it tonight?");
      assert.deepEqual(await axe(page), []);
      await page.getByRole("dialog").getByRole("button", { name: "Test it" }).click();
    };
    hook.state.status = 403;
    await attempt();
    const dialog = page.getByRole("dialog", { name: "Test of hook" });
    await dialog.getByText(/refused the message \(403/).waitFor();
    await shot(page, "channel-refused");
    await dialog.getByRole("button", { name: "Close" }).last().click();
    assert.equal(hook.got.length, 0);
    hook.state.status = 200;
    await attempt();
    await dialog.locator("[data-state=delivered]").waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "channel-tested");
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await row.locator("[data-state=pass]").waitFor();
    assert.match(hook.got[0]!.title, /Test of channel hook/);
    const { entries } = (await ask({ socket }, "/api/audit?person=wang")).json;
    const tried = entries.filter(({ action, object }: any) => action === "alert.act" && object === "hook");
    assert.deepEqual(
      tried.map(({ outcome, reason }: any) => [outcome, reason]),
      Array.from({ length: 2 }, () => ["done", "who hears it tonight?"]),
    );
    assert.deepEqual(problems, []);
  });

  await each(
    "whoever only looks may not try it; breaks the glass, is told of to all, and may; then it is over",
    async (t) => {
      const how = { lang: "zh", theme: "dark", size: "phone" } as const;
      const { page, problems, forgive } = await tab(t, chrome, `${url}/sign-in?next=/settings/system`, how);
      await signIn(page, "chen", PASSWORD);
      const attempt = async (): Promise<void> => {
        await page.getByRole("button", { name: "测试 hook" }).tap();
        await page.getByLabel("原因").fill("没有人接电话");
        await page.getByRole("dialog").getByRole("button", { name: "测试", exact: true }).tap();
      };
      const tests = (): number => hook.got.filter(({ event }) => event === "test").length;
      const denied = async (): Promise<void> => {
        const before = tests();
        await attempt();
        const refusal = page.getByRole("dialog").getByRole("alert");
        await refusal.getByText(/你的角色在这里不允许这样做（alert\.act 需要其中之一：operator/).waitFor();
        await forgive(/ 403 .*\/channels\/hook\/test/);
        assert.equal(tests(), before, "nothing was sent");
      };
      const before = hook.got.length;
      await denied();
      await shot(page, "channel-denied-zh-phone");
      await page.goto(`${url}/settings`);
      await page.getByRole("button", { name: "紧急取权" }).tap();
      const dialog = page.getByRole("dialog", { name: "紧急取权" });
      await dialog.getByLabel("出了什么事").fill("坏了");
      await dialog.getByRole("button", { name: "紧急取权" }).tap();
      await dialog.getByRole("alert").getByText("启用紧急权限必须写明原因。").waitFor();
      await forgive(/ 400 .*\/break-glass/);
      await dialog.getByLabel("出了什么事").fill("邮件全停了，没有一个值班的人接电话");
      await dialog.getByLabel("第二人", { exact: true }).fill("wang");
      await dialog.getByLabel("第二人的密码").fill(PASSWORD);
      assert.deepEqual(await axe(page), []);
      await shot(page, "emergency-zh-phone");
      await dialog.getByRole("button", { name: "紧急取权" }).tap();
      await page.getByText(/你在 .* 之前有操作者的权限/).waitFor();
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      assert.deepEqual(await axe(page), []);
      await shot(page, "emergency-on-zh-phone");
      await until("all are told", () => hook.got.slice(before).some(({ body }) => body.includes("没有一个值班的人")));
      const [event] = (await ask({ socket }, "/api/v1/events?kind=emergency.began")).json.events;
      assert.deepEqual([event.data.person, event.data.second], ["chen", "wang"]);
      await page.goto(`${url}/settings/system`);
      const sent = tests();
      await attempt();
      await page.getByRole("dialog").locator("[data-state=delivered]").waitFor();
      assert.equal(tests(), sent + 1);
      await page.goto(`${url}/settings`);
      await page.getByRole("button", { name: "现在结束" }).tap();
      await page.getByRole("button", { name: "紧急取权" }).waitFor();
      await page.goto(`${url}/settings/system`);
      await denied();
      const { entries } = (await ask({ socket }, "/api/audit?person=chen&action=alert.act")).json;
      const outcomes = entries.map(({ outcome, code }: any) => code ?? outcome);
      assert.deepEqual(outcomes, ["NOT-ALLOWED", "done", "NOT-ALLOWED"]);
      assert.deepEqual(problems, []);
    },
  );
});
