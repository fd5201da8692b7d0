// What only a person can say of a run, in a real browser: whether a step happened, and what was done by hand at a console.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { ask, bookFolder, serving, until } from "../kit/daemon.ts";
import { CHEAP } from "../kit/people.ts";
import { receiver } from "../kit/receiver.ts";
import { rescue } from "../kit/rescue.ts";
import { setUp } from "../kit/signed-in.ts";
import { needs } from "../live/needs.ts";

const MANUAL = `# Payments

## SOP-01: Close the day

1. Tell the bank
2. Tell the shop

   \`\`\`bash {"name":"told"}
   echo told >> told
   \`\`\`
`;
const book = (bank: string, root: string): string => `title: Payments
lang: en
zone: UTC
environments: { test: {} }
services: { bank: { automation: auto } }
people: { wang: { name: Wang } }
targets: { shop-1: { kind: local, environment: test, directory: ., env: { WATCHBOOK_STATE: ${JSON.stringify(join(root, "receipts"))} } } }
runbooks:
  SOP-01:
    service: bank
    targets: [shop-1]
    steps:
      1: { kind: http, with: { method: POST, url: "${bank}", json: { close: today }, timeout: 1 } }
`;

test("what only a person can say of a run", async (t) => {
  if (!needs(t, "chromium")) return;
  const chrome = await browser(t);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);
  const given = { clock: systemClock, console: builtConsole(), cost: CHEAP };

  await each(
    "a change that was sent and never answered is in doubt: a person decides, and it is not sent again",
    async (t) => {
      const bank = await receiver(t);
      bank.state.status = 0;
      const root = bookFolder(t, { "ops.md": MANUAL });
      writeFileSync(join(root, "watchbook.yaml"), book(bank.url, root));
      const { url, socket, daemon } = await serving(t, root, given);
      const { page, problems } = await tab(t, chrome, `${url}/sign-in`);
      await setUp(page, socket, "wang");
      await page.goto(`${url}/runs/new/SOP-01`);
      await page.getByRole("button", { name: "Show the plan" }).click();
      await page.getByLabel("Reason").fill("the day is over");
      await page.getByLabel("Type test to execute").fill("test");
      await page.getByRole("button", { name: "Execute this plan" }).click();
      await page.getByText(/nobody knows whether it happened/).waitFor();
      await page.locator("main [data-state=doubt]").waitFor();
      assert.deepEqual(await axe(page), []);
      await shot(page, "run-doubt");
      bank.state.status = 200;
      await page.getByRole("button", { name: "It happened" }).click();
      await page.getByRole("dialog").getByLabel("Note").fill("the bank's page says closed");
      assert.deepEqual(await axe(page), []);
      await page.getByRole("dialog").getByRole("button", { name: "It happened" }).click();
      await page.locator("code", { hasText: "/evidence/" }).first().waitFor();
      assert.equal(bank.got.length, 0, "it was not sent again");
      assert.equal(readFileSync(join(root, "told"), "utf8"), "told\n");
      const [run] = await daemon.runs.list({ open: false, limit: 1 });
      const said = readFileSync(join(run!.evidence!, "result.md"), "utf8");
      assert.match(said, /wang/);
      const { entries } = (await ask({ socket }, "/api/audit?action=run.act.decide")).json;
      assert.deepEqual([entries.length, entries[0]?.reason], [1, "the bank's page says closed"]);
      await shot(page, "run-decided");
      assert.deepEqual(problems, []);
    },
  );

  await each(
    "by hand at a console, on a phone, in Chinese: where, what to type, and the value that later steps need",
    async (t) => {
      const { book: folder } = rescue(t);
      const { url, socket, daemon } = await serving(t, folder, given);
      const how = { lang: "zh", theme: "dark", size: "phone" } as const;
      const { page, problems } = await tab(t, chrome, `${url}/sign-in`, how);
      await setUp(page, socket, "ana");
      await page.goto(`${url}/runs/new/SOP-09`);
      await page.getByLabel("环境").selectOption("site");
      await page.getByRole("button", { name: "查看计划" }).tap();
      await page.getByLabel("原因").fill("sshd 没了");
      await page.getByLabel("输入 site 以执行").fill("site");
      await page.getByRole("button", { name: "执行这份计划" }).tap();
      await page.getByRole("button", { name: "做完了" }).tap();
      const dialog = page.getByRole("dialog");
      await dialog.getByText(/iLO https:\/\/192\.0\.2\.9/).waitFor();
      await dialog.locator("pre", { hasText: "blkid -s UUID -o value /dev/vdb1" }).waitFor();
      await dialog.getByLabel("UUID").fill("6f1c-22aa");
      await dialog.getByLabel("控制台显示的内容").fill("6f1c-22aa\n");
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      assert.deepEqual(await axe(page), []);
      await shot(page, "run-by-hand-zh-phone");
      await dialog.getByRole("button", { name: "做完了" }).tap();
      await dialog.waitFor({ state: "detached" });
      const [run] = await daemon.runs.list({ open: true, limit: 1 });
      const outputs = async (): Promise<unknown> => (await daemon.runs.show(run!.id)).view.outputs;
      await until("the value", async () => JSON.stringify(await outputs()).includes("6f1c-22aa"));
      assert.deepEqual(problems, []);
    },
  );
});
