import assert from "node:assert/strict";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { validate } from "../src/cli/render/validate.ts";
import type { Call } from "../src/cli/verb.ts";
import { registry } from "../src/kinds/registry.ts";
import { WatchbookError } from "../src/model/error.ts";
import { renderCalled, SHOP as BOOK } from "./kit/render.ts";

/** No tool is asked: what they say is looked at in test/live. */
const called = (kind: string, values: Call["values"], book?: string) =>
  renderCalled(kind, { unvalidated: true, ...values }, book);

function place(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "wb-render-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const refused = (code: string) => (error: unknown) => error instanceof WatchbookError && error.code === code;

test("what was written once is written over, what somebody changed is not", async (t) => {
  const output = place(t);
  assert.equal((await called("blackbox", { output })).exit, 0);
  assert.equal((await called("blackbox", { output })).exit, 0);
  const file = join(output, "blackbox/blackbox.yml");
  appendFileSync(file, "# by hand\n");
  await assert.rejects(called("all", { output }), refused("RENDER-FOREIGN"));
  assert.ok(!existsSync(join(output, "prometheus")), "nothing is written");
  assert.equal((await called("blackbox", { output, force: true })).exit, 0);
  assert.doesNotMatch(readFileSync(file, "utf8"), /by hand/);
});

test("a file that was there before watchbook stays", async (t) => {
  const output = place(t);
  mkdirSync(join(output, "blackbox"));
  writeFileSync(join(output, "blackbox/blackbox.yml"), "modules: {}\n");
  await assert.rejects(called("blackbox", { output }), refused("RENDER-FOREIGN"));
  writeFileSync(join(output, "deliverables.json"), "{}");
  await assert.rejects(called("blackbox", { output, force: true }), refused("RENDER-MANIFEST"));
  assert.equal(readFileSync(join(output, "blackbox/blackbox.yml"), "utf8"), "modules: {}\n");
});

test("a link does not lead out of the folder", async (t) => {
  const [output, other] = [place(t), place(t)];
  symlinkSync(other, join(output, "blackbox"));
  await assert.rejects(called("blackbox", { output }), refused("RENDER-OUTSIDE"));
  assert.ok(!existsSync(join(other, "blackbox.yml")));
});

test("what is deployed and the book: the same, changed, missing, and left over", async (t) => {
  const [output, book] = [place(t), place(t)];
  cpSync(BOOK, book, { recursive: true });
  await called("grafana", { output }, book);
  assert.equal((await called("grafana", { diff: output }, book)).exit, 0);
  // Another sentence of the manual is another book, and the same boards.
  appendFileSync(join(book, "manual.md"), "\nOne more sentence.\n");
  assert.equal((await called("grafana", { diff: output }, book)).exit, 0);
  const yaml = join(book, "watchbook.yaml");
  writeFileSync(
    yaml,
    readFileSync(yaml, "utf8")
      .replace("database: { title: Database }", "databank: { title: Database }")
      .replaceAll("service: database", "service: databank")
      .replace("needs: [database]", "needs: [databank]"),
  );
  rmSync(join(output, "grafana/dashboards/watchbook-apm.json"));
  appendFileSync(join(output, "grafana/provisioning/dashboards/watchbook.yml"), "# by hand\n");
  const { exit, said } = await called("grafana", { diff: output, json: true }, book);
  const drift = (JSON.parse(said) as { drift: { path: string; state: string }[] }).drift.filter(
    ({ state }) => state !== "same",
  );
  assert.equal(exit, 3);
  assert.deepEqual(
    drift.map(({ path, state }) => `${state} ${path.replace(/^grafana\//, "")}`),
    [
      "missing dashboards/watchbook-apm.json",
      "missing dashboards/watchbook-databank.json",
      "changed provisioning/dashboards/watchbook.yml",
      "extra dashboards/watchbook-database.json",
    ],
  );
  const shown = (await called("grafana", { diff: output }, book)).said;
  assert.match(shown, /CHANGED +grafana\/provisioning\/dashboards\/watchbook\.yml\n {2}- # by hand\n/);
  await called("grafana", { output, force: true }, book);
  assert.ok(
    !existsSync(join(output, "grafana/dashboards/watchbook-database.json")),
    "what the book no longer gives is taken away",
  );
  assert.equal((await called("grafana", { diff: output }, book)).exit, 0);
});

test("rendered by kinds one after the other, each keeps what is its own", async (t) => {
  const output = place(t);
  await called("blackbox", { output });
  await called("openslo", { output });
  const { files } = JSON.parse(readFileSync(join(output, "deliverables.json"), "utf8")) as {
    files: Record<string, { kind: string }>;
  };
  assert.deepEqual(
    Object.entries(files).map(([path, { kind }]) => `${kind} ${path}`),
    ["blackbox blackbox/blackbox.yml", "openslo openslo/slos.yaml"],
  );
});

test("a tool that is not there is named with its package; one that refuses is heard", async () => {
  const file = (program: string) => ({
    path: `${program}.yml`,
    text: "x",
    validate: { argv: [program, `${program}.yml`] as const, installs: "its-package" },
  });
  const said = await validate(
    [file("no-such-tool-of-watchbook"), file("cat"), file("ls-nothing")].map((one) =>
      one.path === "ls-nothing.yml"
        ? { ...one, validate: { argv: ["ls", "nothing-here"] as const, installs: "coreutils" } }
        : one,
    ),
    registry,
  );
  assert.deepEqual(
    said.map(({ program, result, installs }) => [program, result, installs]),
    [
      ["no-such-tool-of-watchbook", "missing", "its-package"],
      ["cat", "passed", "its-package"],
      ["ls", "refused", "coreutils"],
    ],
  );
  assert.match(said[2]!.detail!, /nothing-here/);
});

test("wrong options and unknown kinds are refused before anything is written", async (t) => {
  const output = place(t);
  const wrong: readonly (readonly [string, Call["values"], string])[] = [
    ["all", {}, "RENDER-USAGE"],
    ["all", { output, diff: output }, "RENDER-USAGE"],
    ["grafna", { output }, "RENDER-UNKNOWN-NEAR"],
    ["all", { output, prometheus: "two" }, "RENDER-VERSION"],
    ["all", { output, scrape: "0s" }, "RENDER-TIME"],
    ["all", { output, blackbox: "http://x" }, "RENDER-ADDRESS"],
    ["all", { output, forward: "https://a:b@x/" }, "RENDER-FORWARD"],
  ];
  for (const [kind, values, code] of wrong) await assert.rejects(called(kind, values), refused(code), code);
  assert.ok(!existsSync(join(output, "deliverables.json")));
});
