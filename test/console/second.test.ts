// Two people at the same thing in two browsers: the second is told that it has changed, sees how, and undoes nothing of it.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab, type Tab } from "../kit/browser.ts";
import { ask, bookFolder, serving } from "../kit/daemon.ts";
import { administrator, CHEAP, member, PASSWORD } from "../kit/people.ts";
import { signIn } from "../kit/signed-in.ts";
import { needs } from "../live/needs.ts";

const MANUAL = `# Lamps

## SOP-01: Light it

1. Light it

   \`\`\`bash {"name":"light"}
   echo lit >> lamp
   \`\`\`
2. Shade it

   \`\`\`bash {"name":"shade"}
   echo shaded >> lamp
   \`\`\`
`;
const book = (root: string): string => `title: Lamps
lang: en
zone: UTC
environments: { test: {} }
people:
  wang: { name: Wang, access: operator }
  li: { name: Li, access: operator }
  chen: { name: Chen, access: operator }
  zhao: { name: Zhao, access: operator }
services: { lamps: { automation: assist } }
targets: { lamp-1: { kind: local, environment: test, directory: place, env: { WATCHBOOK_STATE: ${JSON.stringify(join(root, "receipts"))} } } }
runbooks: { SOP-01: { service: lamps, targets: [lamp-1] } }
`;

/** Each presses their button before it is over; what happens comes through to wang and li, and to the others later. */
const PRESS = { wang: "Let it begin", li: "Let it begin", chen: "Let it begin", zhao: "Cancel" } as const;
const EVENTS = /\/events(?:\/stream)?(?:\?|$)/;

test("who comes second to a step sees that it went on without them, or is told so when they press, and it is done once", async (t) => {
  if (!needs(t, "chromium")) return;
  const root = bookFolder(t, { "ops.md": MANUAL });
  writeFileSync(join(root, "watchbook.yaml"), book(root));
  mkdirSync(join(root, "place"));
  const on = await serving(t, root, { clock: systemClock, console: builtConsole(), cost: CHEAP });
  const { url, socket } = on;
  await administrator(on);
  for (const person of Object.keys(PRESS)) await member(on, person);
  const headers = { "content-type": "application/json" };
  const asked = { runbook: "SOP-01", environment: "test", reason: "it is dark", by: "wang" };
  const begun = await ask({ socket }, "/api/v1/runs", { method: "POST", headers, body: JSON.stringify(asked) });
  const { id } = begun.json.record as { readonly id: string };
  const chrome = await browser(t);
  const held = Promise.withResolvers<void>();
  const opened = async (person: keyof typeof PRESS, live: boolean): Promise<Tab> => {
    const one = await tab(t, chrome, `${url}/sign-in?next=/runs/${id}`);
    await signIn(one.page, person, PASSWORD);
    const button = one.page.getByRole("button", { name: PRESS[person], exact: true });
    await button.waitFor();
    if (!live) {
      await one.page.route(EVENTS, (route) => held.promise.then(() => route.continue()));
      await one.page.reload();
    }
    await button.click();
    await one.page.getByRole("dialog").waitFor();
    return one;
  };
  const press = (page: Page): Promise<void> =>
    page
      .getByRole("dialog")
      .getByRole("button", { name: /^(?:Let it begin|Cancel)$/ })
      .click();
  const [first, second, ...late] = await Promise.all([
    ...[opened("wang", true), opened("li", true), opened("chen", false), opened("zhao", false)],
  ]);
  assert.ok(first && second);
  await press(first.page);
  await first.page.getByRole("dialog").waitFor({ state: "detached" });
  // Behind the dialog of the second one the page goes on by itself; what it asked for is over, though the next step waits for the same.
  await second.page.locator("main [data-state=done]").first().waitFor({ state: "attached" });
  await second.page.getByRole("dialog").waitFor({ state: "detached" });
  await first.page.getByRole("button", { name: "Let it begin" }).click();
  await press(first.page);
  await first.page.locator("code", { hasText: "/evidence/" }).first().waitFor();
  await second.page.locator("code", { hasText: "/evidence/" }).first().waitFor();
  assert.deepEqual(await axe(second.page), []);
  await shot(second.page, "second");
  const refusal = (page: Page) => page.getByRole("dialog").getByRole("alert").getByText(`Run ${id} has ended: done.`);
  for (const { page, forgive } of late) {
    assert.equal(await page.locator("main [data-state=done]").count(), 0, "they look at what was before");
    const reason = page.getByLabel("Reason");
    if ((await reason.count()) > 0) await reason.fill("somebody else is at it");
    await press(page);
    await refusal(page).waitFor();
    await forgive(/ 409 .*\/actions/);
    assert.deepEqual(await axe(page), []);
  }
  held.resolve();
  for (const { page } of late) {
    await page.locator("main [data-state=done]").first().waitFor({ state: "attached" });
    // The page goes on behind it; what was said stands until it is read.
    await refusal(page).waitFor();
    await shot(page, "second-refused");
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.locator("code", { hasText: "/evidence/" }).first().waitFor();
  }
  assert.equal(readFileSync(join(root, "place", "lamp"), "utf8"), "lit\nshaded\n");
  assert.deepEqual(
    [first, second, ...late].flatMap(({ problems }) => problems),
    [],
  );
});
