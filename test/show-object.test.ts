// `show ID` in words: a duty, a check, a document, the services; JSON only when it is asked for.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { compileText } from "../src/book/compile/text.ts";
import { dutyIfAny, namedDuty } from "../src/cli/duty.ts";
import { cli } from "./kit/cli.ts";
import { folder } from "./kit/folder.ts";

const MANUAL = "# Beacon\n\n## Daily inspection\n\n- [ ] The lamp is lit\n- [ ] The fan sounds healthy\n";
const CONFIG = `zone: UTC
services: { lamp: { owner: ops }, fan: { availability: ha, automation: assist } }
checks:
  beacon:
    kind: file
    title: Lamp
    params: { path: beacon, maxAge: 2h }
    timeout: 5s
    items: ["The lamp is lit"]
duties: { daily-inspection: { owner: li, at: "10:30" } }
`;

function book(t: TestContext): string {
  const root = folder(t);
  writeFileSync(join(root, "ops.md"), MANUAL);
  writeFileSync(join(root, "watchbook.yaml"), CONFIG);
  return root;
}

test("a duty, a check and a document are shown in words, in both languages", async (t) => {
  const root = book(t);
  for (const [lang, person, due, limit] of [
    ["en", "a person", "due at", "at most +5 s"],
    ["zh", "人工", "到期时间", "最长 +5 秒|最长 +5 s"],
  ] as const) {
    const show = async (id: string): Promise<string> => {
      const { code, out, err } = await cli(t, ["show", id, "--lang", lang], root);
      assert.equal(code, 0, err);
      assert.doesNotMatch(out, /[{[]"/, "no JSON in what people read");
      return out;
    };
    const duty = await show("daily-inspection");
    assert.match(duty, /^daily-inspection {2}Daily inspection · .* · li {2}ops\.md:5$/m);
    assert.match(duty, /● {2}The lamp is lit +beacon +ops\.md:5\n/);
    assert.match(duty, new RegExp(`○ {2}The fan sounds healthy +${person} +ops\\.md:6\\n[^]*${due} +10:30\\n`));
    const check = await show("beacon");
    assert.match(
      check,
      new RegExp(`(?:${limit})\\n +path +beacon\\n +maxAge +2h\\n +● {2}The lamp is lit +ops\\.md:5`),
    );
    assert.match(await show("ops.md"), /^ops\.md {2}Beacon\n[^]*Beacon +ops\.md:1\n +Daily inspection +ops\.md:3\n/);
  }
});

test("show gives JSON for --format json as for --json, and refuses other formats", async (t) => {
  const root = book(t);
  const json = await cli(t, ["show", "daily-inspection", "--json"], root);
  assert.equal(JSON.parse(json.out).items[0].checks[0], "beacon");
  assert.equal((await cli(t, ["show", "daily-inspection", "--format", "json"], root)).out, json.out);
  const { code, err } = await cli(t, ["show", "daily-inspection", "--format", "xml", "--lang", "en"], root);
  assert.equal(code, 2);
  assert.match(err, /no format “xml”.*\n.*text, json/);
});

test("what nobody stated of a posture is shown as the default", async (t) => {
  const root = book(t);
  const { out } = await cli(t, ["show", "services", "--lang", "en"], root);
  assert.match(out, /lamp .* single \(default, not stated\) \/ assist \(default, not stated\) /);
  assert.match(out, /fan .* ha \/ assist {2}/);
  const { services } = JSON.parse((await cli(t, ["show", "services", "--json"], root)).out);
  assert.deepEqual(
    services.map(({ posture }: { posture: { unstated?: string[] } }) => posture.unstated),
    [["availability", "automation"], undefined],
  );
});

test("show finds a duty as inspect does: by how often it comes, in words of either language, or by the beginning of its id", async (t) => {
  const root = folder(t);
  const titles = ["Daily inspection", "每周巡检", "Monthly walk", "Monthly count"];
  const manual = titles.map((title) => `## ${title}\n\n- [ ] the lamp is lit\n\n`).join("");
  const { statements } = compileText("ops.md", `# Beacon\n\n${manual}`);
  const book = { title: "Beacon", duties: statements.duties };
  for (const name of ["daily", "Daily", "每日", "每天", "every day", "daily-i", "Daily inspection"])
    assert.equal(namedDuty(book, name).id, "daily-inspection", name);
  for (const name of ["weekly", "每周", "每星期"]) assert.equal(dutyIfAny(book, name)?.id, "每周巡检", name);
  for (const name of ["monthly", "每月", "monthly-"])
    assert.throws(() => dutyIfAny(book, name), { code: "DUTY-AMBIGUOUS" }, name);
  for (const name of ["yearly", "daily-inspecton", "每日检查"]) assert.equal(dutyIfAny(book, name), undefined, name);
  assert.throws(() => namedDuty(book, "每日检查"), { code: "DUTY-UNKNOWN" });

  writeFileSync(join(root, "ops.md"), `# Beacon\n\n${manual}`);
  const show = await cli(t, ["show", "每日", "--lang", "en"], root);
  assert.match(show.out, /^daily-inspection {2}/, show.err);
  const inspect = await cli(t, ["inspect", "每日", "--no-ask", "--lang", "en"], root);
  assert.match(inspect.out, /^Daily inspection · /, inspect.err);
  const both = await cli(t, ["show", "每月", "--lang", "en"], root);
  assert.equal(both.code, 2);
  assert.match(both.err, /“每月” means more than one duty\..*\n.*monthly-walk, monthly-count/);
});
