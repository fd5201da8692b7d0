// One person asks for a change of the protected environment, another one approves it: each in a browser of their own.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { bookFolder, serving } from "../kit/daemon.ts";
import { folder } from "../kit/folder.ts";
import { CHEAP } from "../kit/people.ts";
import { enrol, PASSWORD, setUp } from "../kit/signed-in.ts";
import { sshKey } from "../kit/ssh-keys.ts";
import { needs } from "../live/needs.ts";

const fence = (attributes: string, line: string): string =>
  ["```bash " + attributes, line, "```"].map((text) => `   ${text}`).join("\n");

const MANUAL = `# Lamps

## SOP-01: Change the colour

1. Change it

${fence('{"name":"change","wb-params":"colour","wb-verify":"seen"}', "printf '%s\\n' <colour> > colour")}
2. Verify

${fence('{"name":"seen","wb-risk":"read"}', "test -s colour")}
`;
const config = (receipts: string, key: (person: string) => string): string => `title: Lamps
lang: en
zone: UTC
environments: { prod: {} }
services: { lamps: { automation: guarded } }
people:
  wang: { name: Wang, roles: [ops], key: "${key("wang")}", access: [operator, approver] }
  zhao: { name: Zhao, roles: [ops-lead], key: "${key("zhao")}", access: approver }
targets: { lamp-1: { kind: local, environment: prod, directory: place, env: { WATCHBOOK_STATE: ${JSON.stringify(receipts)} } } }
runbooks:
  SOP-01:
    service: lamps
    targets: [lamp-1]
    params: { colour: { choices: [red, green] } }
    environments: { prod: { approval: { roles: [ops, ops-lead] } } }
`;

/** The administrator invites somebody on the page that is open; the code, as it is handed over. */
async function invited(page: Page, person: string): Promise<string> {
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByLabel("Person").fill(person);
  await page.getByRole("dialog").getByRole("button", { name: "Invite somebody" }).click();
  await page.getByRole("dialog", { name: `Invitation for ${person}` }).waitFor();
  const code = await page.getByRole("list", { name: "Code" }).textContent();
  await shot(page, `invited-${person}`);
  await page.getByRole("button", { name: "I have kept it" }).click();
  return code ?? "";
}

/** Takes an invitation, and sets up a second factor as a person with an authenticator does. */
async function arrives(page: Page, invite: string): Promise<void> {
  await page.getByLabel("Code of the invitation").fill(invite);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Set the password and sign in" }).click();
  await page.getByText("No second factor", { exact: false }).first().waitFor();
  await enrol(page, async (part) => {
    if (part === "factor") {
      const dialog = page.getByRole("dialog", { name: "Second factor" });
      await dialog.getByRole("textbox", { name: "Code" }).fill("000000");
      await dialog.getByRole("button", { name: "Confirm" }).click();
      await dialog.getByRole("alert").waitFor();
    } else {
      const codes = page.getByRole("dialog", { name: "Recovery codes" }).getByRole("listitem");
      assert.ok((await codes.count()) >= 8);
    }
    assert.deepEqual(await axe(page), []);
    await shot(page, part);
  });
}

async function approve(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByLabel("Note").fill("seen with my own eyes");
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
}

test("two people in two browsers", async (t) => {
  if (!needs(t, "chromium")) return;
  const root = bookFolder(t, { "ops.md": MANUAL });
  writeFileSync(
    join(root, "watchbook.yaml"),
    config(join(root, "receipts"), (person) => sshKey(folder(t), person).line),
  );
  const colour = join(root, "place", "colour");
  mkdirSync(join(root, "place"));
  writeFileSync(colour, "white\n");
  const { url, socket } = await serving(t, root, { clock: systemClock, console: builtConsole(), cost: CHEAP });
  const chrome = await browser(t);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);
  const code: Record<string, string> = {};

  await each("the administrator invites both; nobody else is known", async (t) => {
    const { page, problems, forgive } = await tab(t, chrome, `${url}/sign-in`);
    await setUp(page, socket, "boss");
    await page.goto(`${url}/settings/people`);
    await page.getByText("You are signed in by one factor").waitFor();
    assert.equal(await page.getByRole("button", { name: "Invite somebody" }).count(), 0);
    assert.deepEqual(await axe(page), []);
    await page.getByRole("link", { name: "Set up a second factor" }).click();
    await enrol(page);
    await page.goto(`${url}/settings/people`);
    for (const person of ["wang", "zhao"]) code[person] = await invited(page, person);
    assert.deepEqual(await axe(page), []);
    await shot(page, "people");
    await page.getByRole("button", { name: "Invite somebody" }).click();
    await page.getByLabel("Person").fill("mallory");
    await page.getByRole("dialog").getByRole("button", { name: "Invite somebody" }).click();
    await page.getByRole("alert").getByText("mallory").waitFor();
    await forgive(/ 400 .*\/api\/accounts/);
    assert.deepEqual(problems, []);
  });

  await each(
    "wang asks and may not approve his own, zhao approves, and the evidence names her and the console",
    async (t) => {
      const [wang, zhao] = await Promise.all(
        ["wang", "zhao"].map((person) => tab(t, chrome, `${url}/sign-in/invite?person=${person}`)),
      );
      assert.ok(wang && zhao);
      await arrives(wang.page, code["wang"] ?? "");
      await arrives(zhao.page, code["zhao"] ?? "");
      for (const { forgive } of [wang, zhao]) await forgive(/ 400 .*\/totp\/confirm/);
      await wang.page.goto(`${url}/runs/new/SOP-01`);
      await wang.page.getByLabel("colour", { exact: true }).selectOption("green");
      await wang.page.getByRole("button", { name: "Show the plan" }).click();
      await wang.page.getByLabel("Reason").fill("the white one is tiring");
      await wang.page.getByLabel("Type prod to execute").fill("prod");
      await wang.page.getByRole("button", { name: "Execute this plan" }).click();
      await approve(wang.page);
      await wang.page.getByRole("alert").waitFor();
      await shot(wang.page, "own-approval-refused");
      assert.match((await wang.page.getByRole("alert").textContent()) ?? "", /wang/i);
      assert.equal(readFileSync(colour, "utf8"), "white\n");
      await wang.forgive(/ 403 .*\/actions/);
      await wang.page.keyboard.press("Escape");

      await zhao.page.goto(wang.page.url());
      await approve(zhao.page);
      for (const { page } of [zhao, wang]) await page.locator("code", { hasText: "/evidence/" }).first().waitFor();
      assert.equal(readFileSync(colour, "utf8"), "green\n");
      const evidence = (await wang.page.locator("code", { hasText: "/evidence/" }).first().textContent()) ?? "";
      const said = readFileSync(join(evidence, "result.md"), "utf8");
      assert.match(said, /zhao.*signed in at the console \(password\+totp\)/is);
      assert.deepEqual(await axe(zhao.page), []);
      await shot(zhao.page, "run-approved");
      assert.deepEqual([...wang.problems, ...zhao.problems], []);
    },
  );
});
