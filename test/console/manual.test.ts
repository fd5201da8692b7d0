// The manual in the browser: inert whatever it holds, searched in two languages, with what was found in place.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { ask, bookFolder, CONFIG, git, serving } from "../kit/daemon.ts";
import { needs } from "../live/needs.ts";

const MANUAL = `# Beacon node

See [the lamp](lamp.md#replacing-it), [the maker](https://example.org/lamp), [a trap](javascript:alert(1)) and \`beacon.conf\`.

## Daily inspection

- [ ] The beacon file is there
- [ ] The fan **sounds \`healthy\`**

## When something is wrong

| Symptom | Where to look | What to do |
| --- | --- | --- |
| The light is out | \`/var/log/beacon.log\` | Restart the beacon |
| 磁盘占满 | \`df -h\` 与 /var/log | 清理旧日志 |

## SOP-01: Restarting it

\`\`\`bash
systemctl restart beacon
\`\`\`

[Gone](gone.md)
`;
const HOSTILE = `# Replacing it <script>alert(1)</script>

<script>document.title = "owned"</script>

<img src="https://evil.example/x.png" onerror="alert(2)" style="position:fixed;inset:0">

![huge](https://evil.example/huge.png) [click](javascript:alert(3)) [data](data:text/html,<script>alert(4)</script>)
<b onclick=alert(5)>bold</b> [x]: javascript:alert(6)

<style>body { display: none }</style>

| <iframe src=//evil.example> | b |
| --- | --- |
| <svg onload=alert(7)> | \`<u>\` |
`;

test("the manual in the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const root = bookFolder(t, { "docs/ops.md": MANUAL, "docs/lamp.md": HOSTILE, "docs/watchbook.yaml": CONFIG });
  git(root, "init", "-q");
  git(root, "add", "docs");
  git(root, "commit", "-qm", "first");
  git(root, "remote", "add", "origin", "https://wang:secret@git.example.org/lamps/manual.git");
  const commit = git(root, "rev-parse", "HEAD").trim();
  const { url } = await serving(t, join(root, "docs"), { console: builtConsole() });
  const chrome = await browser(t);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);

  for (const [lang, theme, size] of [
    ["en", "light", "desk"],
    ["zh", "dark", "phone"],
  ] as const)
    await each(
      `documents in ${lang}, ${theme}, ${size}: what runs beside what is prose, findings in place`,
      async (t) => {
        const { page, problems } = await tab(t, chrome, `${url}/manual`, { lang, theme, size });
        await page.locator("main").getByRole("link", { name: "Beacon node" }).waitFor();
        assert.deepEqual(await axe(page), []);
        await shot(page, `manual-${lang}-${theme}`);
        await page.locator("main").getByRole("link", { name: "Beacon node" }).click();
        const block = page.locator("figure", { hasText: "systemctl restart beacon" });
        await block.locator("[data-state=recognised]").waitFor();
        await block.locator("[data-state=write]").waitFor();
        const line = MANUAL.split("\n").indexOf("```bash") + 1;
        assert.equal(
          await block.getByRole("link", { name: `ops.md:${line}` }).getAttribute("href"),
          `https://git.example.org/lamps/manual/blob/${commit}/docs/ops.md#L${line}`,
        );
        await page.locator("[data-state=unproven]").waitFor();
        assert.equal(await page.locator("main a[href^='/runs/new/']").count(), 0, "nobody is signed in");
        await page
          .locator("[data-line]", { hasText: "Gone" })
          .locator("[data-state=error],[data-state=warn]")
          .first()
          .waitFor();
        assert.equal(await page.locator("strong code", { hasText: "healthy" }).count(), 1);
        assert.equal(await page.locator("strong", { hasText: "sounds healthy" }).count(), 1);
        assert.deepEqual(await axe(page), []);
        assert.ok(
          (await page.evaluate<number>("document.documentElement.scrollWidth")) <= (size === "phone" ? 360 : 1280),
        );
        await shot(page, `document-${lang}-${theme}`);
        assert.deepEqual(problems, []);
      },
    );

  await each(
    "a hostile page is nothing but words: no script, no picture, no style, no address that runs",
    async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/manual/file/lamp.md`);
      await page.getByText("picture: huge").waitFor();
      const inside = "main article";
      for (const what of [
        "script",
        "img",
        "style",
        "iframe",
        "svg",
        "[onclick]",
        "[onerror]",
        "a[href^='javascript:']",
        "a[href^='data:']",
      ])
        assert.equal(await page.locator(`${inside} ${what}`).count(), 0, what);
      assert.match(await page.locator(inside).innerText(), /<script>document\.title = "owned"<\/script>/);
      assert.match(await page.title(), /Replacing it/);
      await shot(page, "document-hostile");
      assert.deepEqual(await axe(page), []);
      assert.deepEqual(problems, [], "nothing was asked of another host");
    },
  );

  await each("a duty has the manual's sentence, its line, and the source at the commit that is run", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/duties/daily-inspection`);
    await page.locator("q", { hasText: "The beacon file is there" }).waitFor();
    const line = MANUAL.split("\n").indexOf("- [ ] The beacon file is there") + 1;
    const source = page.getByRole("link", { name: `ops.md:${line} at the commit that is run` }).first();
    const address = `https://git.example.org/lamps/manual/blob/${commit}/docs/ops.md#L${line}`;
    assert.equal(await source.getAttribute("href"), address);
    assert.equal(await source.getAttribute("rel"), "noreferrer noopener external");
    assert.deepEqual(await axe(page), []);
    await page
      .getByRole("link", { name: `ops.md:${line}`, exact: true })
      .first()
      .click();
    await page.locator(".here", { hasText: "The beacon file is there" }).waitFor();
    assert.deepEqual(problems, []);
  });

  await each("links stay in the book or say that they leave it", async (t) => {
    const { page } = await tab(t, chrome, `${url}/manual/file/ops.md`);
    const outside = page.getByRole("link", { name: /the maker/ });
    assert.equal(await outside.getAttribute("rel"), "noreferrer noopener external");
    assert.equal(await page.getByRole("link", { name: "a trap" }).count(), 0);
    await page.keyboard.press("g");
    await page.keyboard.press("m");
    await page.waitForURL(`${url}/manual`);
  });

  await each(
    "a symptom is found in either language, with where to look and what to do, in two key presses",
    async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/`, { lang: "zh" });
      await page.locator("[data-live=on]").waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("磁盘");
      await page.getByRole("option", { name: /磁盘占满.*df -h.*清理旧日志/ }).waitFor();
      await shot(page, "search-symptom");
      assert.deepEqual(await axe(page), []);
      await page.getByRole("combobox").fill("light");
      await page.getByRole("option", { name: /The light is out.*beacon\.log.*Restart the beacon/ }).waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".here", { hasText: "The light is out" }).waitFor();
      assert.match(page.url(), /\/manual\/file\/ops\.md#L\d+$/);
      assert.deepEqual(problems, []);
    },
  );

  await each("only documents of the book are shown, whatever path is asked for", async () => {
    for (const file of ["../watchbook.yaml", "watchbook.yaml", "/etc/passwd", "beacon"])
      assert.equal(
        (await ask(url, `/api/v1/manual/document?file=${encodeURIComponent(file)}`)).json.code,
        "DOCUMENT-UNKNOWN",
      );
    assert.equal((await ask(url, `/api/v1/search?q=${"x".repeat(201)}`)).status, 400);
  });
});
