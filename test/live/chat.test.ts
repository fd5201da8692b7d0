// The example of a chat server on one host: its day, and the rule that a database without its files is no restore.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { envOf, exampleAt, type Example } from "../kit/example.ts";
import { needs } from "./needs.ts";

const why = (done: { readonly out: string; readonly err: string }): string => `${done.err}\n${done.out}`;
const roomOf = (site: Example): string =>
  (JSON.parse(readFileSync(join(site.dir, "chat.json"), "utf8")) as { readonly room: string }).room;

test("chat: the day, and database and files together", async (t) => {
  if (!needs(t, "postgres", "psql", "nginx", "openssl")) return;
  const site = await exampleAt(t, "chat", "en", 25_000);
  const files = join(site.dir, "environments", "prod", "files");
  const uploads = () => readdirSync(files, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const stateOf = async (): Promise<readonly string[]> =>
    (await site.json("backup", "list", "chat")).json.sets.map(({ state }: { readonly state: string }) => state);

  const outcomes = async (): Promise<Readonly<Record<string, string>>> => {
    const { json } = await site.json("inspect", "--no-ask");
    return Object.fromEntries(json.items.map(({ check, outcome }: any) => [check, outcome]));
  };

  await t.test(
    "the daily inspection is red until there is a backup of today, and for nothing else [M-031]",
    async () => {
      const { backup: before, disk, "log-errors": errors, ...others } = await outcomes();
      // What is usual is not known on the first day, and unknown is never green.
      assert.deepEqual([disk, errors], ["unknown", "unknown"]);
      assert.equal(before, "fail");
      assert.deepEqual(new Set(Object.values(others)), new Set(["pass"]), JSON.stringify(others));
      const taken = await site.wb("backup", "run", "chat", "--no-ask");
      assert.equal(taken.code, 0, why(taken));
      assert.equal((await outcomes())["backup"], "pass");
    },
  );

  await t.test(
    "the drill restores rows and files, people can work on them, and production was not touched [M-054]",
    async () => {
      const report = join(site.book, "5-reports", "backups", "chat-backup-restore-20261121-01.env");
      const pid = readFileSync(join(site.dir, "environments", "prod", "app.pid"), "utf8");
      const done = await site.json("drill", "SOP-03", "--env", "staging", "--output-file", report);
      assert.deepEqual([done.code, done.json.verdict], [0, "pass"], why(done));
      const env = envOf(report);
      assert.deepEqual(
        ["OBJECTIVE_RTO_SECONDS_MET", "OBJECTIVE_RPO_SECONDS_MET"].map((key) => env.get(key)),
        ["true", "true"],
        [...env].join("\n"),
      );
      const log = (await site.wb("runs", "log", "last", "--step", "SOP-03/1/people-can-work")).out;
      const said = JSON.parse(/\{.*\}/.exec(log)![0]);
      assert.deepEqual([said.posts, said.files], [4, uploads().length]);
      assert.match(said.folder, /\/restore\//);
      assert.deepEqual(await stateOf(), ["good"]);
      assert.deepEqual(readdirSync(join(roomOf(site), "restore")), []);
      assert.equal(readFileSync(join(site.dir, "environments", "prod", "app.pid"), "utf8"), pid);
      assert.equal((await site.wb("evidence", "verify", report)).code, 0);
    },
  );

  await t.test(
    "a database without its files is no restore: taken without them the set is torn, and its drill fails by name [M-055]",
    async () => {
      const [lost] = uploads();
      const path = join(lost!.parentPath, lost!.name);
      renameSync(path, `${path}.away`);
      const taken = await site.json("backup", "run", "chat", "--no-ask");
      assert.equal(taken.code, 3);
      assert.match(why(taken), new RegExp(lost!.name));
      const sets = (await site.json("backup", "list", "chat")).json.sets;
      assert.deepEqual(
        sets.map(({ state }: any) => state),
        ["torn", "good"],
        why(taken),
      );
      const done = await site.json("drill", "SOP-03", "--env", "staging", "--param", `SET=${sets[0].id}`);
      assert.deepEqual([done.code, done.json.verdict], [3, "fail"], why(done));
      assert.match(why(done), new RegExp(lost!.name));
      renameSync(`${path}.away`, path);
    },
  );

  await t.test("a good set that loses its files afterwards is refused before anything is started [M-055]", async () => {
    const [, good] = (await site.json("backup", "list", "chat")).json.sets;
    rmSync(join(roomOf(site), "backups", "chat", good.id, "files"), { recursive: true });
    const done = await site.json("drill", "SOP-03", "--env", "staging", "--param", `SET=${good.id}`);
    assert.equal(done.code, 3, why(done));
    assert.deepEqual(readdirSync(join(roomOf(site), "restore")), []);
  });

  await t.test("without nginx the demo says what is missing and how to install it", () => {
    const args = [join(site.dir, "..", "none"), "up"];
    assert.ok(!existsSync(args[0]!));
    assert.throws(
      () =>
        execFileSync(process.execPath, [join("examples", "chat", "src", "stack.ts"), "up", "--dir", args[0]!], {
          env: { PATH: "/nowhere" },
          stdio: "pipe",
        }),
      ({ status, stderr }: any) => status === 4 && /apt-get install .*postgresql-client/.test(String(stderr)),
    );
  });
});
