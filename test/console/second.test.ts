// Two people at the same thing in two browsers: the second is told that it has changed, sees how, and undoes nothing of it.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
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
`;
const book = (root: string): string => `title: Lamps
lang: en
zone: UTC
environments: { test: {} }
people:
  wang: { name: Wang, access: operator }
  li: { name: Li, access: operator }
services: { lamps: { automation: assist } }
targets: { lamp-1: { kind: local, environment: test, directory: place, env: { WATCHBOOK_STATE: ${JSON.stringify(join(root, "receipts"))} } } }
runbooks: { SOP-01: { service: lamps, targets: [lamp-1] } }
`;

test("who comes second to a step sees that it went on without them, is refused, and it is done once", async (t) => {
  if (!needs(t, "chromium")) return;
  const root = bookFolder(t, { "ops.md": MANUAL });
  writeFileSync(join(root, "watchbook.yaml"), book(root));
  mkdirSync(join(root, "place"));
  const on = await serving(t, root, { clock: systemClock, console: builtConsole(), cost: CHEAP });
  const { url, socket } = on;
  await administrator(on);
  for (const person of ["wang", "li"]) await member(on, person);
  const headers = { "content-type": "application/json" };
  const asked = { runbook: "SOP-01", environment: "test", reason: "it is dark", by: "wang" };
  const begun = await ask({ socket }, "/api/v1/runs", { method: "POST", headers, body: JSON.stringify(asked) });
  const { id } = begun.json.record as { readonly id: string };
  const chrome = await browser(t);
  const [first, second] = await Promise.all(
    ["wang", "li"].map(async (person) => {
      const one = await tab(t, chrome, `${url}/sign-in?next=/runs/${id}`);
      await signIn(one.page, person, PASSWORD);
      await one.page.getByRole("button", { name: "Let it begin" }).click();
      await one.page.getByRole("dialog").waitFor();
      return one;
    }),
  );
  assert.ok(first && second);
  const begin = (page: typeof first.page): Promise<void> =>
    page.getByRole("dialog").getByRole("button", { name: "Let it begin" }).click();
  await begin(first.page);
  await first.page.locator("code", { hasText: "/evidence/" }).first().waitFor();
  // Behind the dialog of the second one the page has gone on by itself.
  await second.page.locator("main [data-state=done]").first().waitFor();
  await second.page.getByRole("dialog").waitFor({ state: "detached" });
  await second.page.locator("code", { hasText: "/evidence/" }).first().waitFor();
  assert.deepEqual(await axe(second.page), []);
  await shot(second.page, "second");
  const late = { do: "key", step: "light", target: "lamp-1", by: "li" };
  const path = `/api/v1/runs/${id}/actions`;
  const refused = await ask({ socket }, path, { method: "POST", headers, body: JSON.stringify(late) });
  assert.equal(refused.status, 409, refused.text);
  assert.equal(readFileSync(join(root, "place", "lamp"), "utf8"), "lit\n");
  assert.deepEqual([...first.problems, ...second.problems], []);
});
