// One's own account, tokens and sessions, the book and the engine, and the audit log, in a real browser.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { agentSaid } from "../../console/pages/settings/agent.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { ask, bookFolder, serving } from "../kit/daemon.ts";
import { CHEAP, member, PASSWORD as THEIRS } from "../kit/people.ts";
import { enrol, PASSWORD, setUp, signIn } from "../kit/signed-in.ts";
import { needs } from "../live/needs.ts";

const BOOK = `title: Beacon node
lang: en
zone: Asia/Shanghai
environments: { prod: {} }
services: { web: {} }
people:
  wang: { name: Wang, access: operator }
  li: { name: "<img src=x onerror=alert(1)>", access: viewer }
targets:
  lamp: { kind: local, environment: prod }
  far: { kind: local, environment: prod }
checks:
  beacon: { kind: file, title: Beacon file, target: lamp, params: { path: beacon }, items: ["The beacon file is there"] }
`;

test("browsers are called by their names, other programs by what they say", () => {
  const chrome =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
  assert.equal(agentSaid(chrome), "Chrome · Linux");
  assert.equal(
    agentSaid("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"),
    "Safari · iPhone",
  );
  assert.equal(agentSaid("curl/8.14"), "curl/8.14");
  assert.equal(agentSaid(""), "");
});

test("settings in the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const root = bookFolder(t);
  writeFileSync(join(root, "watchbook.yaml"), BOOK);
  const on = await serving(t, root, { clock: systemClock, console: builtConsole(), cost: CHEAP });
  const { url, socket } = on;
  const chrome = await browser(t);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);

  await each("a token is made with a scope and an end, shown once, works, and is revoked", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/settings`);
    await page.getByText("Nobody is signed in here.").waitFor();
    await page.goto(`${url}/sign-in?next=/settings`);
    await setUp(page, socket, "wang");
    await page.getByText("You have no token.").waitFor();
    await page.getByRole("button", { name: "Make a token" }).click();
    await page.getByLabel("Good for days").fill("7");
    assert.deepEqual(await axe(page), []);
    await page.getByRole("dialog").getByRole("button", { name: "Make a token" }).click();
    const token = (await page.getByRole("list", { name: "Your token" }).textContent()) ?? "";
    await shot(page, "token");
    const asked = (): Promise<number> =>
      ask(url, "/api/v1/tokens", { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);
    assert.equal(await asked(), 200);
    await page.getByRole("button", { name: "I have kept it" }).click();
    assert.equal((await page.content()).includes(token), false, "shown once");
    await page.getByRole("button", { name: /^Revoke the token/ }).click();
    await page.getByText("You have no token.").waitFor();
    assert.equal(await asked(), 401);
    assert.deepEqual(problems, []);
  });

  await each("a wrong password changes nothing; the right one does, and other sessions end", async (t) => {
    const { page, problems, forgive } = await tab(t, chrome, `${url}/sign-in?next=/settings`);
    await signIn(page, "wang");
    const other = await tab(t, chrome, `${url}/sign-in?next=/settings`);
    await signIn(other.page, "wang");
    await other.page
      .getByRole("button", { name: /^End it: / })
      .first()
      .waitFor();
    const change = async (old: string): Promise<void> => {
      await page.getByLabel("Password until now").fill(old);
      await page.getByLabel("New password").fill("eight quiet lamps at noon");
      await page.getByRole("button", { name: "Change the password" }).click();
    };
    await change("not the password at all");
    await page.getByRole("alert").waitFor();
    await forgive(/ 401 .*\/account\/password/);
    await change(PASSWORD);
    await page.getByText("The password is changed").waitFor();
    assert.equal(await page.getByRole("button", { name: /^End it: / }).count(), 1);
    assert.deepEqual(problems, []);
    await other.page.reload();
    await other.page.getByText("Nobody is signed in here.").waitFor();
    // The last session of all: whoever ends it is signed out.
    await page.getByRole("button", { name: /^End it: / }).click();
    await page.getByText("Nobody is signed in here.").waitFor();
  });

  for (const [lang, theme, size] of [
    ["en", "light", "desk"],
    ["zh", "dark", "phone"],
  ] as const)
    await each(`all parts in ${lang}, ${theme}, on a ${size}`, async (t) => {
      if (lang === "en") await member(on, "li");
      const { page, problems } = await tab(t, chrome, `${url}/sign-in?next=/settings`, { lang, theme, size });
      await signIn(page, "wang", "eight quiet lamps at noon");
      await page.getByRole("button", { name: /Sign out|退出登录/ }).waitFor();
      await page.getByRole("heading", { name: /^(?:API tokens|API 令牌)$/ }).waitFor();
      for (const part of ["", "/system", "/people", "/audit"]) {
        await page.goto(`${url}/settings${part}`);
        await page.locator("main section").first().waitFor();
        if (part === "/system") await page.locator("li", { hasText: "lamp" }).locator("[data-state=pass]").waitFor();
        if (part === "/people") await page.getByText("<img src=x").waitFor();
        if (part === "/audit") await page.getByRole("region").getByRole("listitem").first().waitFor();
        assert.equal(await page.locator("main img").count(), 0);
        assert.doesNotMatch((await page.locator("main").textContent()) ?? "", /\{\w+\}/, "every word has its value");
        assert.deepEqual(await axe(page), [], part);
        if (size === "phone") assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360, part);
        await shot(page, `settings${part.replace("/", "-")}-${lang}-${theme}`);
      }
      assert.deepEqual(problems, []);
    });

  await each(
    "the audit log is filtered and proven; whoever does not administer sees neither it nor the people",
    async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/sign-in?next=/settings/audit`);
      await signIn(page, "wang", "eight quiet lamps at noon");
      const list = page.getByRole("region", { name: "Entries, newest first" });
      await list.getByText("li", { exact: true }).first().waitFor();
      await page.getByLabel("Only by this person").fill("wang");
      await page.getByRole("button", { name: "Show these" }).click();
      await list.getByText("li", { exact: true }).first().waitFor({ state: "detached" });
      await page.getByLabel("Only this action").fill("nothing.at.all");
      await page.getByRole("button", { name: "Show these" }).click();
      await page.getByText("Nothing is recorded that fits.").waitFor();
      await page.getByRole("button", { name: "Check that none was changed" }).click();
      await page.getByText("Every entry follows the one before it.").waitFor();
      assert.deepEqual(problems, []);
      const viewer = await tab(t, chrome, `${url}/sign-in?next=/settings/audit`);
      await signIn(viewer.page, "li", THEIRS);
      await viewer.page.getByText("This belongs to administrators.").waitFor();
      assert.deepEqual(viewer.problems, [], "it is not even asked for");
    },
  );

  await each("an account is disabled for a reason, and its person is let in no more", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/sign-in?next=/settings/people`);
    await signIn(page, "wang", "eight quiet lamps at noon");
    await page.getByRole("link", { name: "Set up a second factor" }).click();
    await enrol(page);
    await page.goto(`${url}/settings/people`);
    await page.getByText("your own: password and second factor").waitFor();
    assert.equal(await page.getByRole("button", { name: "Disable: wang" }).count(), 0);
    await page.getByRole("button", { name: "Disable: li" }).click();
    await page.getByLabel("Reason").fill("left the company");
    assert.deepEqual(await axe(page), []);
    await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
    await page.getByRole("button", { name: "Enable: li" }).waitFor();
    assert.deepEqual(problems, []);
    const refused = await tab(t, chrome, `${url}/sign-in`);
    await signIn(refused.page, "li", THEIRS);
    await refused.page.getByRole("alert").waitFor();
    await refused.forgive(/ 401 .*\/api\/session/);
    assert.deepEqual(refused.problems, []);
  });
});
