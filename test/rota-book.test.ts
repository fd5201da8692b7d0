// Rotas of a book: what watchbook.yaml may say of them, what lint finds in them, and what the manual's contact table is worth.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import { lintBook } from "../src/book/lint/lint.ts";
import { namedFiles } from "../src/book/read/named.ts";
import { run } from "../src/cli/dispatch.ts";
import { reachable, rotasOf } from "../src/model/rota/of-book.ts";
import { onCall } from "../src/model/rota/on-call.ts";
import { bookFolder, shiftedClock } from "./kit/daemon.ts";
import { worldIn } from "./kit/world.ts";

const NOW = Date.parse("2026-11-20T12:00:00+08:00");
const PEOPLE = "zone: Asia/Shanghai\npeople:\n  wei: { contact: tel:1 }\n  li: {}\n";

async function linted(t: TestContext, yaml: string) {
  const root = bookFolder(t, { "ops.md": "# Ops\n", "watchbook.yaml": yaml });
  const { book, texts } = await compileFiles(await namedFiles([root]));
  const findings = await lintBook(book, { today: "2026-11-20", proofs: new Map(), texts });
  return { book, found: findings.map(({ code, source, args }) => ({ code, line: source.line, args })) };
}
const codes = async (t: TestContext, yaml: string): Promise<readonly string[]> =>
  (await linted(t, yaml)).found.map(({ code, line }) => `${code} ${line}`);

test("a rota names its mistakes with line and nearest spelling", async (t) => {
  const wrong = async (rota: string) => (await linted(t, `${PEOPLE}${rota}`)).found;
  const [person] = await wrong("rota:\n  main: { people: [wie] }\n");
  assert.deepEqual([person?.code, person?.line, person?.args["nearest"]], ["WB035", 6, "wei"]);
  const [calendar] = await wrong("rota:\n  main: { people: [wei], days: workdays, calendar: cn }\n");
  assert.deepEqual([calendar?.code, calendar?.args["name"]], ["WB035", "cn"]);
  for (const refused of [
    "{ people: [wei], days: workdays }",
    "{ people: [wei], every: 5h }",
    "{ people: [wei], from: 2026-02-30 }",
    "{ title: nobody }",
    "{ people: [wei], layers: [{ people: [li] }] }",
    "{ people: [wei], overrides: [{ person: li, from: 2026-12-02, to: 2026-12-01, reason: x }] }",
  ])
    assert.deepEqual(
      (await wrong(`rota:\n  main: ${refused}\n`)).map(({ code, line }) => [code, line]),
      [["WB032", 6]],
      refused,
    );
});

test("a hole, a rival, and a calendar that ends soon are findings; a fallback for all hours is neither", async (t) => {
  const day = '{ people: [wei], hours: "09:00-18:00" }';
  const night = (from: string) => `{ people: [li], hours: "${from}-09:00" }`;
  const rota = (...layers: string[]) => `${PEOPLE}rota:\n  main:\n    layers: [${layers.join(", ")}]\n`;
  assert.deepEqual(await codes(t, rota(day, night("18:00"))), []);
  assert.deepEqual(await codes(t, rota(day, night("19:00"))), ["WB910 6"]);
  assert.deepEqual(await codes(t, rota(day, night("17:00"))), ["WB911 6"]);
  assert.deepEqual(await codes(t, rota(day, "{ people: [li] }")), []);
  const { found } = await linted(t, rota(day, night("19:00")));
  assert.deepEqual(found[0]!.args, { rota: "main", from: "2026-11-20 18:00", to: "2026-11-20 19:00", count: 28 });
  // A hole that begins after four weeks is not told yet.
  assert.deepEqual(await codes(t, `${PEOPLE}rota:\n  main: { people: [wei], to: 2026-12-20 }\n`), []);
  assert.deepEqual(await codes(t, `${PEOPLE}rota:\n  main: { people: [wei], to: 2026-12-10 }\n`), ["WB910 6"]);
  const calendar = (until: string) => `calendars:\n  cn: { holidays: [2026-10-01], knownUntil: ${until} }\n`;
  assert.deepEqual(await codes(t, calendar("2027-01-19")), ["WB912 2"]);
  assert.deepEqual(await codes(t, calendar("2027-01-20")), []);
});

const TABLE = `# Ops

## Contacts

| Role | Contact | Duty |
| --- | --- | --- |
| Operations | ops@example.com | daily work |
| Security | sec@example.com | security incidents |
`;

test("without a rota the roles of the manual's contact table are whom to call, each for its duty; two addresses of one role say nothing", async (t) => {
  const of = async (manual: string) => {
    const root = bookFolder(t, { "ops.md": manual, "watchbook.yaml": "zone: UTC\n" });
    return (await compileFiles(await namedFiles([root]))).book;
  };
  const book = await of(TABLE);
  const rotas = rotasOf(book);
  assert.deepEqual(
    rotas.map(({ id, source }) => [id, source.line]),
    [
      ["Operations", 7],
      ["Security", 8],
    ],
  );
  const now = onCall(rotas[1]!, NOW);
  assert.ok(now.state === "on" && now.until === undefined);
  const security = { name: "Security", contact: "sec@example.com", duty: "security incidents" };
  assert.deepEqual(reachable(book, now.person), security);
  const doubled = await of(TABLE.replace("Security |", "Operations |"));
  assert.deepEqual(rotasOf(doubled), []);
});

test("who and rota: an override changes who is told, a gap is exit 3, an unknown day exit 4, and nobody is an error", async (t) => {
  const yaml = `${PEOPLE}calendars:
  cn: { knownUntil: 2026-12-31 }
rota:
  main:
    layers:
      - { people: [wei], days: workdays, calendar: cn, hours: "09:00-18:00" }
`;
  const root = bookFolder(t, { "ops.md": "# Ops\n", "watchbook.yaml": yaml });
  // One for all calls: what is listed is never before what was changed.
  const clock = shiftedClock(NOW);
  const call = async (...args: string[]) => {
    const world = worldIn(root);
    const status = await run([...args, "--lang", "en"], { ...world, clock });
    return { status, ...world.said };
  };
  const now = await call("who");
  assert.equal(now.status, 0);
  assert.match(
    now.stdout,
    /^main: wei · until 18:00 · Asia\/Shanghai\n {2}reach: tel:1\n {2}why: “1” at watchbook\.yaml:8/,
  );
  assert.equal((await call("who", "--at", "20:00")).status, 3);
  assert.equal((await call("who", "--at", "2027-01-04 10:00")).status, 4);
  const change = ["rota", "override", "main", "li", "--to", "23:00", "--by", "wei"];
  const refused = await call(...change);
  assert.deepEqual([refused.status, /needs a reason/.test(refused.stderr)], [2, true]);
  assert.equal((await call(...change, "--reason", "dentist")).status, 0);
  assert.match(
    (await call("who", "--at", "20:00")).stdout,
    /li · until 23:00.*\n.*\n {2}why: instead of nobody: dentist \(said by wei/,
  );
  const later = await call("tonight", "--json");
  assert.deepEqual(
    (JSON.parse(later.stdout) as { shifts: { say: string }[] }).shifts.map(({ say }) => say),
    ["main · li: 12:00 to 23:00", "main · nobody is on call: 23:00 to Sat 21 Nov, 09:00"],
  );
  assert.equal((await call("who", "other")).status, 2);
  const listed = await call("rota");
  const lines = listed.stdout.split("\n");
  assert.deepEqual([listed.status, lines[0], lines[1]], [0, "main · Asia/Shanghai", "  li: 12:00 to 23:00"]);
  assert.match(lines[2]!, /^ {2}nobody is on call: 23:00 to Mon 23 Nov, 09:00$/);
  // By the id that stands there it is taken back.
  const [, id] = /^Changes\n {2}(\w+) {2}li from 12:00 to 23:00: dentist \(said by wei\)$/m.exec(listed.stdout)!;
  assert.equal((await call("rota", "withdraw", "main", id!, "--reason", "well again")).status, 0);
  assert.doesNotMatch((await call("rota", "list", "main")).stdout, /dentist/);
  assert.equal((await call("rota", "list", "other")).status, 2);
});
