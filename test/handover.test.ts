// The hand-over of a shift: what the next one must know, the week's card, and a receiver who signs for it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { openTokens } from "../src/api/tokens.ts";
import type { Alert, AlertGroup } from "../src/model/alert.ts";
import type { Person } from "../src/model/config.ts";
import { run } from "../src/cli/dispatch.ts";
import { HANDOVER_NAMESPACE, type Handover } from "../src/model/handover.ts";
import { openStore } from "../src/store/sqlite.ts";
import { bookFolder, CONFIG, shiftedClock } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";
import { sshKey } from "./kit/ssh-keys.ts";
import { worldIn } from "./kit/world.ts";
import { needs } from "./live/needs.ts";

const DAY = 86_400_000;
/** A Monday at ten in the morning, Shanghai. */
const MONDAY = Date.parse("2026-11-16T10:00:00+08:00");

const MANUAL = `# Beacon node

## Daily inspection

- [ ] The beacon file is there

## Runbook: restart the beacon

1. Restart it:

   \`\`\`bash
   systemctl restart beacon
   \`\`\`
`;

/** The command line in this process at a moment of the test's own. */
function desk(t: TestContext) {
  const root = bookFolder(t, { "ops.md": MANUAL, "watchbook.yaml": CONFIG });
  const clock = shiftedClock(MONDAY);
  const call = async (...args: string[]) => {
    const world = worldIn(root);
    const env = { PATH: process.env["PATH"] };
    const status = await run([...args, "--lang", "en"], { ...world, clock, env });
    return { status, ...world.said };
  };
  return { root, clock, call };
}

test("the week's card counts inspections whose report is there, names the day that has none, and never calls unknown a success; a question stays until the manual answers it [M-064 M-069]", async (t) => {
  const { root, clock, call } = desk(t);
  for (let day = 0; day < 7; day += 1) {
    clock.set(MONDAY + day * DAY);
    const done = await call("inspect", "--no-ask");
    assert.equal(done.status, 0, done.stderr);
  }
  const card = async () => {
    const { status, stdout } = await call("handover", "--week", "--json");
    return { status, ...(JSON.parse(stdout) as Handover).week! };
  };
  const whole = await card();
  assert.deepEqual(whole.figures[0], {
    ...{ id: "inspections", subject: "Daily inspection", value: 7, of: 7, missing: [], wanted: true },
  });
  assert.deepEqual([whole.from, whole.to], ["2026-11-16", "2026-11-22"]);
  clock.set(Date.parse("2026-11-23T08:00:00+08:00"));
  assert.deepEqual([(await card()).to, (await card()).figures[0]!.value], ["2026-11-22", 7], "Monday's is not due yet");
  clock.set(MONDAY + 6 * DAY);
  const unknown = whole.figures.filter(({ value }) => value === undefined).map(({ id }) => id);
  assert.deepEqual(unknown, ["unauthorised", "incidents"]);
  assert.deepEqual([whole.verdict, whole.status], ["unproven", 4]);

  // A question is no shame, but a week in which the author had to be asked was not independent.
  const asked = await call("gap", "add", "Where is the fan?", "--owner", "wang", "--due", "2026-12-01", "--json");
  const { id } = JSON.parse(asked.stdout) as { id: string };
  const open = JSON.parse((await call("handover", "--json")).stdout) as Handover;
  assert.match(
    open.sections.find((one) => one.id === "questions")!.items[0]!.say,
    /Where is the fan.*wang.*2026-12-01/,
  );
  assert.equal((await card()).verdict, "failed");
  assert.equal((await call("gap", "close", id)).status, 2, "how it is answered must be said");
  assert.equal((await call("gap", "close", id, "--reason", "ops.md:3")).status, 0);
  const after = JSON.parse((await call("handover", "--json")).stdout) as Handover;
  assert.deepEqual(after.sections.find((one) => one.id === "questions")!.items, []);
  assert.match((await call("gap", "list", "--all")).stdout, /closed.*Where is the fan\? → ops\.md:3/);

  rmSync(join(root, ".watchbook/reports/inspections/daily-inspection-20261118.md"));
  const torn = await card();
  assert.deepEqual([torn.figures[0]!.value, torn.figures[0]!.missing], [6, ["2026-11-18"]]);
  assert.deepEqual([torn.verdict, torn.status], ["failed", 3]);
  const page = readFileSync(join(root, ".watchbook/reports/handovers/handover-week-20261122.md"), "utf8");
  assert.match(page, /Independent week: failed/);
  assert.match(page, /6 of 7 · missing: 2026-11-18/);
});

test("a hand-over tells rights that last for a while: emergencies, tokens that end, and what the manual grants, with its line", async (t) => {
  const { root, clock, call } = desk(t);
  const rows = [
    "li | web-1 | restart nginx | none",
    "wang | prod | read | 2026-11-18",
    "eve | staging | deploy | 2026-11-01",
  ];
  const table = ["| Who | Object | Rights | Until |", "| --- | --- | --- | --- |", ...rows.map((row) => `| ${row} |`)];
  writeFileSync(join(root, "access.md"), `# Access\n\n## Temporary access\n\n${table.join("\n")}\n`);
  mkdirSync(join(root, ".watchbook"));
  {
    await using store = await openStore(join(root, ".watchbook/state.db"));
    const began = { id: "e1", person: "wang", reason: "the disk is full", began: MONDAY, until: MONDAY + 3_600_000 };
    await store.commit([{ kind: "desk.put", of: "emergency", record: began }]);
  }
  const tokens = openTokens(join(root, ".watchbook"), clock);
  const make = (days: number) => tokens.make([{ id: "wang" } as Person], { person: "wang", scope: "write", days });
  const [soon] = [await make(2), await make(60)];
  const told = await call("handover", "--json");
  assert.equal(told.status, 0, told.stderr);
  const { sections } = JSON.parse(told.stdout) as Handover;
  const items = sections.find(({ id }) => id === "privileges")!.items;
  assert.deepEqual(
    items.map(({ say, source }) => [say.replace(/ until .*: | ends .*/, ""), source?.line]),
    [
      ["Wang has taken emergency rightsthe disk is full", undefined],
      [`Token ${soon.id} of Wang`, undefined],
      ["eve – staging: deploy; that ended on 2026-11-01", 9],
      ["wang – prod: read, until 2026-11-18", 8],
      ["li – web-1: restart nginx", 7],
    ],
  );
  assert.deepEqual(
    items.map(({ fix }) => fix !== undefined),
    [true, true, true, true, false],
  );
  const troubles = sections.find(({ id }) => id === "troubles")!.items;
  assert.ok(
    troubles.every(({ say }) => !say.includes("the disk is full")),
    "told once",
  );
  const { stdout } = await call("show", "permissions");
  assert.match(stdout, /^\s*who +object +rights +until\n[^]*eve +staging +deploy +2026-11-01 +access\.md:9/);
});

test("open alerts stand in a hand-over, the worst first: what was seen, who has it, and what nobody was told of and why", async (t) => {
  const { root, call } = desk(t);
  writeFileSync(join(root, "watchbook.yaml"), `${CONFIG}severities: { P1: { scale: alert }, P2: { scale: alert } }\n`);
  mkdirSync(join(root, ".watchbook"));
  const open = {
    ...{ title: "Front", metric: "m", check: "front", target: "web-1", down: false, trail: [] },
    form: "compare" as const,
  };
  const hold = { by: "silence", silence: "5", author: "wei", reason: "moving disks" } as const;
  const records: readonly Alert[] = [
    { ...open, id: "b1", key: "b@web-1", rule: "b", severity: "P2", started: MONDAY - 60_000, hold },
    {
      ...{ ...open, id: "a1", key: "a@web-1", rule: "a", severity: "P1", started: MONDAY - 30_000 },
      seen: { reason: "http-status", args: { url: "http://web-1/", status: 502, wanted: "2xx" } },
    },
    { ...open, id: "c1", key: "c@web-1", rule: "c", severity: "P1", started: MONDAY - 90_000, ended: MONDAY - 1 },
  ];
  const ack = { by: "wei", at: MONDAY, until: MONDAY + 1_800_000, alerts: ["a1"] };
  const group: AlertGroup = {
    ...{ id: "g", key: "k", subject: "web-1", severity: "P1", opened: MONDAY, members: ["a1"], told: [] },
    ...{ count: 1, used: [], ack },
  };
  {
    await using store = await openStore(join(root, ".watchbook/state.db"));
    await store.commit([
      ...records.map((record) => ({ kind: "desk.put", of: "alert", record }) as const),
      { kind: "desk.put", of: "group", record: group },
    ]);
  }
  const { stdout } = await call("handover", "--json");
  const { sections } = JSON.parse(stdout) as Handover;
  const { items } = sections.find(({ id }) => id === "alerts")!;
  assert.deepEqual(
    items.map(({ fix }) => fix?.slice(-2)),
    ["a1", "b1"],
  );
  assert.match(
    items[0]!.say,
    /^\[P1\] Front · web-1 since .* – http:\/\/web-1\/ answers with status 502.*; wei has it until 10:30$/,
  );
  assert.match(items[1]!.say, /; kept quiet: silence 5 by wei: moving disks$/);
  const troubles = sections.find(({ id }) => id === "troubles")!.items;
  assert.ok(
    troubles.every(({ say }) => !say.includes("Front")),
    "told once",
  );
});

test("a hand-over tells what is due, missed and unproven, the receiver signs it once, and a stranger verifies it with ssh-keygen [H-111 S-094]", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const keys = { wei: sshKey(folder(t), "wei"), li: sshKey(folder(t), "li") };
  const person = (id: "wei" | "li") => `  ${id}: { name: ${id}, key: ${JSON.stringify(keys[id].line)} }\n`;
  const { root, call } = desk(t);
  mkdirSync(join(root, ".watchbook"));
  const config = CONFIG.replace("people:\n", `people:\n${person("wei")}${person("li")}`);
  const rota = "rota:\n  main: { people: [wei, li], every: daily, from: 2026-11-16 }\n";
  writeFileSync(join(root, "watchbook.yaml"), config + rota);
  {
    await using store = await openStore(join(root, ".watchbook/state.db"));
    const record = { duty: "daily-inspection", period: "2026-11-15", state: "missed", runs: [], revision: 1 } as const;
    await store.commit([{ kind: "duty.insert", record: { ...record, updated: MONDAY } }]);
  }
  const { status, stdout } = await call("handover", "--json");
  assert.equal(status, 0);
  const found = JSON.parse(stdout) as Handover;
  assert.deepEqual([found.gives[0]?.person, found.takes[0]?.person], ["wei", "li"]);
  assert.equal(found.until, Date.parse("2026-11-18T09:00:00+08:00"), "the end of the receiver's shift");
  const said = (id: string) => found.sections.find((one) => one.id === id)!.items.map(({ say }) => say);
  assert.ok(
    said("overdue").some((one) => one.includes("2026-11-15")),
    "the day that nobody inspected",
  );
  assert.match(said("unproven")[0]!, /restart the beacon was never drilled/);
  assert.match(said("due")[0]!, /^Daily inspection: /);
  assert.equal(said("on-call").length, 2);
  assert.equal(found.watched, false, "nobody read a check: that is said, not passed over");

  const page = join(root, ".watchbook/reports/handovers/handover-20261116.md");
  const accept = (as: "wei" | "li", key: string, ...more: string[]) =>
    call("handover", "--accept", "--as", as, "--key", key, ...more);
  const error = async (...args: Parameters<typeof accept>) =>
    JSON.parse((await accept(...args, "--json")).stdout).error.code as string;
  assert.equal(await error("wei", keys.wei.file), "HANDOVER-SAME");
  assert.equal(await error("li", keys.wei.file), "HANDOVER-OTHER-KEY");
  const text = readFileSync(page, "utf8");
  writeFileSync(page, text.replace("never drilled", "drilled"));
  assert.equal(await error("li", keys.li.file), "HANDOVER-CHANGED");
  writeFileSync(page, text);
  const done = await accept("li", keys.li.file);
  assert.equal(done.status, 0, done.stderr);
  assert.equal(await error("li", keys.li.file), "HANDOVER-TWICE");

  const signed = page.replace(/\.md$/, ".li.accepted");
  const signers = join(folder(t), "signers");
  writeFileSync(signers, `li ${keys.li.line}\n`);
  const verify = ["-Y", "verify", "-f", signers, "-I", "li", "-n", HANDOVER_NAMESPACE, "-s", `${signed}.sig`];
  assert.match(execFileSync("ssh-keygen", verify, { input: readFileSync(signed) }).toString(), /^Good/);
  // What was signed for is never written over.
  assert.equal((await call("handover")).status, 0);
  assert.equal(readFileSync(page, "utf8"), text);
  assert.ok(existsSync(page.replace(/\.md$/, "-2.md")));
});

test("the command that signs is one that can be typed where it was printed", async (t) => {
  const { root, clock } = desk(t);
  const away = folder(t);
  const at = async (...args: string[]) => {
    const world = worldIn(away);
    const status = await run([...args, "--lang", "en"], { ...world, clock, env: { PATH: process.env["PATH"] } });
    return { status, ...world.said };
  };
  const given = ["--book", root, "--data", join(away, "state")];
  const written = await at("handover", "--output-file", "page.md", ...given);
  assert.equal(written.status, 0, written.stderr);
  const [, words = ""] = /watchbook (handover --accept .*)$/m.exec(written.stdout) ?? [];
  assert.deepEqual(words.replace("PERSON", "wang").split(" "), [
    ...["handover", "--accept", "page.md", "--as", "wang", ...given],
  ]);
  assert.ok(readFileSync(join(away, "page.md"), "utf8").includes(words));
  // The page is found; what is missing is the key of whoever signs.
  assert.match((await at(...words.replace("PERSON", "wang").split(" "))).stderr, /wang has no key/);
});

test("a set of the book is proven by its restore: nobody drills that it is taken, looked at or pruned", async (t) => {
  const { root, call } = desk(t);
  const orders = `  orders: { title: Orders, target: local, into: ${root}/sets, keep: { days: 2 }, parts: { tree: { kind: files, path: ${root}/place } } }`;
  writeFileSync(join(root, "watchbook.yaml"), `${CONFIG}backups:\n${orders}\n`);
  const { stdout, stderr } = await call("handover", "--json");
  const { sections } = JSON.parse(stdout || stderr) as Handover;
  const unproven = sections.find(({ id }) => id === "unproven")!.items.map(({ say }) => say);
  assert.deepEqual(
    unproven.filter((say) => say.includes("Orders")),
    ["restore Orders was never drilled"],
  );
});

test("who keeps alerts quiet, until when and why, is handed over; what is over is not", async (t) => {
  const { root, call } = desk(t);
  mkdirSync(join(root, ".watchbook"));
  {
    await using store = await openStore(join(root, ".watchbook/state.db"));
    const silence = (id: string, ends: number) => ({
      ...{ id, kind: "silence" as const, by: "li", reason: "moving disks", starts: MONDAY - DAY, ends },
      matchers: [{ label: "service", is: "=" as const, value: "shop" }],
    });
    await store.commit([
      { kind: "desk.put", of: "silence", record: silence("51ab2c3d", MONDAY + DAY) },
      { kind: "desk.put", of: "silence", record: silence("0over000", MONDAY - 1) },
    ]);
  }
  const found = JSON.parse((await call("handover", "--json")).stdout) as Handover;
  const held = found.sections.find(({ id }) => id === "holds")!.items;
  assert.equal(held.length, 1);
  assert.match(held[0]!.say, /service=shop until .*, by li: moving disks/);
  assert.equal(held[0]!.fix, "watchbook alerts unsilence 51ab2c");
});
