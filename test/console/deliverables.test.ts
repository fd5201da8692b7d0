// Files made from the book, in a real browser: the same bytes as on the command line, and what they cannot say.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { cli } from "../kit/cli.ts";
import { ask, bookFolder, serving } from "../kit/daemon.ts";
import { folder } from "../kit/folder.ts";
import { needs } from "../live/needs.ts";

const BOOK = `title: Shop
lang: en
zone: UTC
services: { shop: {} }
checks:
  front: { kind: http, title: The shop answers, service: shop, params: { url: "http://127.0.0.1:1/" } }
rules:
  shop-down: { check: front, severity: P1 }
severities: { P1: { scale: alert, channels: [hook] } }
channels: { hook: { kind: webhook, url: "http://127.0.0.1:1/", allow: ["127.0.0.1"] } }
`;

test("deliverables in the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const root = bookFolder(t, { "watchbook.yaml": BOOK });
  const { url } = await serving(t, root, { console: builtConsole() });
  const made = folder(t);
  const written = await cli(t, ["render", "prometheus-rules", "-o", made, "--unvalidated"], root);
  assert.equal(written.code, 0, written.err);
  const { deliverables } = (await ask(url, "/api/v1/deliverables")).json;
  const [{ path }] = deliverables.find(({ kind }: any) => kind === "prometheus-rules").files;
  const chrome = await browser(t);
  const { page, problems } = await tab(t, chrome, `${url}/evidence`);
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: `Download ${path}` }).click(),
  ]);
  assert.equal(readFileSync(await saved.path(), "utf8"), readFileSync(join(made, path), "utf8"));
  await page.getByText("watchbook render prometheus-rules --diff FOLDER").waitFor();
  assert.deepEqual(await axe(page), []);
  await shot(page, "deliverables");
  assert.deepEqual(problems, []);
  const phone = await tab(t, chrome, `${url}/evidence`, { lang: "zh", theme: "dark", size: "phone" });
  await phone.page.getByRole("heading", { name: "交付物", exact: true }).waitFor();
  await phone.page.getByRole("button", { name: `下载 ${path}` }).waitFor();
  assert.equal(await phone.page.evaluate("document.documentElement.scrollWidth"), 360);
  assert.deepEqual(await axe(phone.page), []);
  await shot(phone.page, "deliverables-zh-phone");
  assert.deepEqual(phone.problems, []);
  for (const kind of ["none", "..%2f..%2fetc"])
    assert.equal((await ask(url, `/api/v1/deliverables/${kind}?path=x`)).json.code, "RENDER-UNKNOWN", kind);
  const outside = `/api/v1/deliverables/prometheus-rules?path=${encodeURIComponent("../../etc/passwd")}`;
  assert.equal((await ask(url, outside)).json.code, "RENDER-NO-FILE");
});
