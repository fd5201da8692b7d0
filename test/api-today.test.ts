// The page Today: what it says, in both languages, whatever a manual puts into it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ask, bookFolder, CONFIG, serving, shiftedClock, until } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";

test("a manual's words are text on the page, whatever they look like", async (t) => {
  const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>`;
  const root = bookFolder(t, {
    "ops.md": `# Node ${evil}\n\n## Daily inspection ${evil}\n\n- [ ] The beacon file is there\n- [ ] ${evil}\n\n[${evil}](gone.md)\n`,
    "watchbook.yaml": CONFIG.replace("title: Beacon node", `title: ${JSON.stringify(evil)}`).replace(
      "title: Beacon file",
      `title: ${JSON.stringify(evil)}`,
    ),
  });
  const { url } = await serving(t, root);
  rmSync(join(root, "beacon"));
  await until("red", async () => (await ask(url, "/api/v1/checks")).json.checks[0].outcome === "fail");
  for (const path of ["/", "/now", "/?lang=zh"]) {
    const { text } = await ask(url, path);
    assert.ok(text.includes("&lt;script&gt;alert(1)"), path);
    assert.ok(!text.includes("<script>alert") && !text.includes("<img src=x"), path);
  }
});

test("the page asks nobody else for anything and runs nothing but its own script", async (t) => {
  const { url } = await serving(t, bookFolder(t));
  const page = await ask(url, "/");
  assert.match(
    String(page.headers["content-security-policy"]),
    /^default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'/,
  );
  assert.equal(page.headers["x-content-type-options"], "nosniff");
  assert.equal(page.headers["cache-control"], "no-store");
  assert.doesNotMatch(page.text, / style="| on[a-z]+="/);
  const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
  const own = loaded.filter((path) => !path.startsWith("/reports/"));
  assert.deepEqual(own.toSorted(), ["/icon.svg", "/today.css", "/today.js", "?lang=zh"]);
  for (const path of ["/today.css", "/today.js", "/icon.svg"]) {
    const file = await ask(url, path);
    assert.equal(file.status, 200);
    assert.doesNotMatch(file.text.replaceAll("http://www.w3.org/2000/svg", ""), /https?:/, path);
  }
});

test("the page shows a value beside its limits, duties with their next times, and where in the manual to look", async (t) => {
  const root = bookFolder(t, {
    "watchbook.yaml":
      `${CONFIG}    params: { path: beacon, measure: size }\n    bands: { bad: above, warn: 3, critical: 900 }\n`.replace(
        "    params: { path: beacon }\n",
        "",
      ),
  });
  const { url } = await serving(t, root, { clock: shiftedClock(Date.parse("2026-11-20T02:00:00Z")) });
  await until("a warning", async () => (await ask(url, "/api/v1/checks")).json.checks[0]?.outcome === "warn");
  const { text } = await ask(url, "/");
  assert.match(text, /Beacon file/);
  assert.match(text, /4 B/);
  assert.match(text, /3 B.*900 B/s);
  assert.match(text, /<svg class="gauge"/);
  assert.match(text, /Daily inspection/);
  assert.match(text, /Sat 21 Nov, 09:00/);
  assert.match(text, /ops\.md:\d/);
  assert.match((await ask(url, "/api/v1/status")).json.troubles[0].say, /4 B \(.*3 B.*900 B\)/);
  // The part that is renewed keeps the page's language, whatever the browser prefers.
  assert.match((await ask(url, "/now", { headers: { "accept-language": "zh-CN" } })).text, /Checks now/);
  const chinese = (await ask(url, "/?lang=zh")).text;
  assert.match(chinese, /<html lang="zh-CN">/);
  assert.match(chinese, /今日/);
  assert.match(chinese, /11月21日/);
});

test("an empty manual says what to do next", async (t) => {
  const root = bookFolder(t, { "ops.md": "# Nothing here yet\n", "watchbook.yaml": "lang: en\nzone: UTC\n" });
  const { url } = await serving(t, root);
  const { text } = await ask(url, "/");
  assert.match(text, /The manual names no duty\. Write a checklist/);
  assert.match(text, /No check judges a calendar duty yet\. Declare one under “checks:”/);
});

test("each inspection leads to its report: a page without scripts, and the file as it lies there, never another one", async (t) => {
  const evil = "<script>alert(1)</script>";
  const root = bookFolder(t, {
    "watchbook.yaml": CONFIG.replace("title: Beacon file", `title: ${JSON.stringify(evil)}`),
  });
  const { url, socket, daemon } = await serving(t, root);
  const done = await ask({ socket }, "/api/v1/duties/daily-inspection/inspect", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"by":"wang"}',
  });
  const { id } = done.json.inspection;
  const path = `/reports/${encodeURIComponent(id)}`;
  const today = (await ask(url, "/")).text;
  assert.ok(today.includes(`<a href="${path}?lang=en">inspection done</a>`), "under what happened");
  assert.match(today, /<dd>\s*<a href="\/reports\//, "in the duty's card");

  const page = await ask(url, `${path}?lang=en`);
  assert.equal(page.status, 200);
  assert.match(String(page.headers["content-type"]), /^text\/html/);
  assert.ok(page.text.includes("&lt;script&gt;alert(1)") && !page.text.includes("<script"));
  assert.doesNotMatch(page.text, /href=|src=/);
  const policy = String(page.headers["content-security-policy"]);
  const style = /<style>([^]*?)<\/style>/.exec(page.text)![1]!;
  assert.ok(policy.includes(`style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`));
  assert.match(policy, /^default-src 'none'/);
  assert.match((await ask(url, `${path}?lang=zh`)).text, /<html lang="zh-CN">/);

  const raw = await ask(url, `${path}/markdown`);
  assert.equal(raw.text, readFileSync(done.json.report, "utf8"));
  assert.match(String(raw.headers["content-type"]), /^text\/plain/);
  assert.equal(raw.headers["x-content-type-options"], "nosniff");
  assert.equal((await ask(url, `${path}/markdown`, { method: "POST", body: "{}" })).status, 401);

  const secret = join(folder(t), "secret");
  writeFileSync(secret, "hunter2");
  rmSync(done.json.report);
  symlinkSync(secret, done.json.report);
  for (const [wrong, status] of [
    [`${path}/markdown`, 404],
    ["/reports/none", 404],
    ["/reports/..%2F..%2Fops.md", 404],
    ["/reports/%2e%2e%2fops.md/markdown", 404],
    [`/reports/${encodeURIComponent(`${id}/../../ops.md`)}/markdown`, 404],
  ] as const) {
    const answer = await ask(url, wrong);
    assert.equal(answer.status, status, wrong);
    assert.ok(!answer.text.includes("hunter2") && !answer.text.includes("## Daily inspection"), wrong);
  }
  assert.equal(daemon.alive(), true);
});

test("Today and status say who is on call now, until when, and who is next", async (t) => {
  const root = bookFolder(t, {
    "watchbook.yaml": `${CONFIG.replace("    name: Wang\n", "    name: Wang\n  li: { name: Li }\n")}rota:\n  primary: { people: [wang, li], every: daily, from: 2026-11-16 }\n`,
  });
  const { url } = await serving(t, root, { clock: shiftedClock(Date.parse("2026-11-16T10:00:00+08:00")) });
  const { onCall } = (await ask(url, "/api/v1/status")).json;
  assert.deepEqual([onCall[0].rota, onCall[0].who[0].name, onCall[0].next.who[0].name], ["primary", "Wang", "Li"]);
  const { text } = await ask(url, "/?lang=en");
  assert.match(text.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " "), /Wang · until .*09:00.*next: Li from/);
});
