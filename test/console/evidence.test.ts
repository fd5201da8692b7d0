// Evidence in a real browser: listed with the verifier's verdict, verified there by WebCrypto, refused when forged.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test, type TestContext } from "node:test";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { ask, bookFolder, NIGHT, serving } from "../kit/daemon.ts";
import { record, recorder } from "../kit/evidence.ts";
import { folder } from "../kit/folder.ts";
import { bound, goodRun, recordRun } from "../kit/run-evidence.ts";
import { needs } from "../live/needs.ts";

const filesOf = (directory: string): string[] => readdirSync(directory).map((name) => join(directory, name));

test("evidence in the console", async (t) => {
  if (!needs(t, "chromium", "jq", "openssl")) return;
  const root = bookFolder(t);
  const to = recorder(join(root, ".watchbook"));
  const good = await record(to, "run-1", {
    title: "Daily inspection <b>",
    started: NIGHT - 7_200_000,
    ended: NIGHT - 7_100_000,
  });
  const bad = await record(to, "run-2", { cpu: 95, started: NIGHT - 3_600_000, ended: NIGHT - 3_500_000 });
  const forged = await recordRun(to, goodRun(bound({ steps: [{ id: "a" }] })));
  const run = await recordRun(to, goodRun(bound({ steps: [{ id: "look" }, { id: "change" }] })), {
    record: { id: "r20261121-083300-2f3a", by: "requester", reason: "test" },
  });
  const strange = await record(recorder(folder(t)), "run-9");
  const { url } = await serving(t, root, { console: builtConsole() });
  const page = join(forged.directory, "result.md");
  writeFileSync(page, readFileSync(page, "utf8").replace(/$/, " "));
  const chrome = await browser(t);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);
  const one = `${url}/evidence/${encodeURIComponent(basename(good.directory))}`;

  await each("files are given by name only: nothing beside them, nothing above them", async () => {
    const path = `/api/v1/evidence/${encodeURIComponent(basename(good.directory))}/files`;
    const given = await ask(url, `${path}/result.md`);
    assert.equal(given.text, readFileSync(join(good.directory, "result.md"), "utf8"));
    assert.match(String(given.headers["content-disposition"]), /^attachment/);
    assert.equal(given.headers["x-content-type-options"], "nosniff");
    for (const name of ["..%2f..%2flog%2fcheckpoint", "..", ".", "%2fetc%2fpasswd", "evidence.pem", "result.md%00"])
      assert.ok([400, 404].includes((await ask(url, `${path}/${name}`)).status), name);
    for (const id of ["..", "%2e%2e", "2026", "..%2fkeys"])
      assert.equal((await ask(url, `/api/v1/evidence/${id}/files/evidence.pem`)).status, 404, id);
  });

  await each("listed newest first, each with the verdict of the verifier, never a stored word alone", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/evidence`);
    const row = (directory: string) =>
      page.locator("li", { has: page.locator(`a[href*="${encodeURIComponent(basename(directory)).slice(-4)}"]`) });
    await row(good.directory).locator('[data-state="pass"]').waitFor();
    await row(bad.directory).locator('[data-state="fail"]').waitFor();
    await row(forged.directory).locator('[data-state="refused"]').waitFor();
    await row(forged.directory).getByText("result.md was changed after it was signed").waitFor();
    assert.equal(await page.locator("main b").count(), 0);
    assert.deepEqual(await axe(page), []);
    await shot(page, "evidence");
    await page.getByLabel("Kind").selectOption("run");
    await page.getByText("2 of 4").waitFor();
    assert.deepEqual(problems, []);
  });

  await each("verified in the browser from the downloaded bytes; what only the program checks is said", async (t) => {
    const { page, problems } = await tab(t, chrome, one, { size: "phone" });
    await page.getByRole("button", { name: "Verify in this browser" }).tap();
    const status = page.getByRole("status");
    await status.getByText("What was checked holds; it states pass.").waitFor();
    await status.getByText(/the statement is signed by data \(SHA256:/).waitFor();
    await status.getByText(/it is entry 0 of the log/).waitFor();
    await status.getByText("Only watchbook evidence verify checks").waitFor();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    assert.deepEqual(await axe(page), []);
    await shot(page, "evidence-one-phone");
    assert.deepEqual(problems, []);
    const commands = await page.getByRole("region", { name: "Commands" }).textContent();
    const said = execFileSync("sh", ["-euc", commands ?? ""], { encoding: "utf8" });
    assert.match(said, /Signature Verified Successfully[^]*events\.jsonl: OK/);
  });

  await each("of a run it shows where the time went, once its bytes were verified", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/evidence/${encodeURIComponent(basename(run.directory))}`);
    await page.getByRole("button", { name: "Verify in this browser" }).click();
    await page.getByRole("heading", { name: "Where the time went" }).waitFor();
    await page.getByText("change on a: does").waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "evidence-run");
    assert.deepEqual(problems, []);
  });

  await each("one that was changed is refused, by the host and by the browser", async (t) => {
    const { page, problems } = await tab(
      t,
      chrome,
      `${url}/evidence/${encodeURIComponent(basename(forged.directory))}`,
    );
    await page.locator('[data-state="refused"]').first().waitFor();
    await page.getByRole("button", { name: "Verify in this browser" }).click();
    await page.getByRole("alert").getByText("result.md was changed after it was signed.").waitFor();
    await shot(page, "evidence-forged");
    assert.deepEqual(problems, []);
  });

  await each("files from elsewhere: a stranger's are refused until their key is trusted by hand", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/evidence`, { lang: "zh", theme: "dark" });
    const drop = page.getByLabel("把文件拖到这里，或点击选择");
    await page.locator("input[type=file]:enabled").first().waitFor();
    await drop.setInputFiles(filesOf(good.directory));
    await page.getByText("查过的都成立；它自述的结论是通过。").waitFor();
    await drop.setInputFiles(filesOf(strange.directory));
    await page
      .getByRole("alert")
      .getByText(/签名者不在信任之列/)
      .waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "evidence-given-zh-dark");
    await page.getByText("这里信任的公钥").click();
    await page
      .getByLabel("改用自己的公钥")
      .setInputFiles(join(strange.directory, "..", "..", "..", "..", "keys", "evidence.pub.pem"));
    await page.getByText("取自你带来的文件。").waitFor();
    await page.getByText("查过的都成立；它自述的结论是通过。").waitFor();
    assert.deepEqual(problems, []);
  });
});
