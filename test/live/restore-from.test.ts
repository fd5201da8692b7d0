// Restored from a second place, when the disk of the first one is gone: a folder, and another host over a real sshd.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBench, type Bench } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
import { sshd } from "../kit/sshd.ts";
import { flip } from "../suites/backup.ts";
import { done, said, sentence } from "../suites/step-context.ts";
import { mariadb } from "./databases.ts";
import { askAt, fieldsOf, secretOf, SMALL } from "./mariadb-shop.ts";
import { needs } from "./needs.ts";

interface Far {
  readonly at: string;
  readonly to: Record<string, unknown>;
}

async function host(t: TestContext): Promise<Far> {
  const server = await sshd(t);
  const at = join(folder(t), "it's far", "backups");
  mkdirSync(at, { recursive: true });
  const files = { key: join(server.root, "id"), knownHosts: join(server.root, "known_hosts") };
  return { at, to: { kind: "rsync", to: `${server.host}:${at}`, port: server.port, ...files } };
}

function mounted(t: TestContext): Promise<Far> {
  const at = join(folder(t), "nas");
  mkdirSync(at);
  return Promise.resolve({ at, to: { kind: "folder", path: at } });
}

let attempts = 0;
const copy = (b: Bench, run: string, parts: readonly object[], to: object) =>
  done("backup-copy", { set: "shop", into: b.into, parts, to }, b.context(run, `copy-${(attempts += 1)}`));

function source(t: TestContext): string {
  const path = folder(t);
  writeFileSync(join(path, "order.txt"), "paid\n");
  chmodSync(join(path, "order.txt"), 0o640);
  writeFileSync(join(path, "big"), Buffer.alloc(300_000, "0123456789"));
  return path;
}

/** A set in both places; what a restore saw of it. */
async function both(t: TestContext, place: (t: TestContext) => Promise<Far>) {
  const far = await place(t);
  const parts = [{ id: "files", kind: "files", with: { path: source(t) } }];
  const b = await backupBench(t, { parts, also: [{ name: "nas", to: far.to }] });
  const { run } = await b.take();
  const end = await copy(b, run, parts, far.to);
  assert.equal(said(end), "ok", sentence(end, "en"));
  const seen: string[] = [];
  const restore = (FROM: string, SET = "latest") =>
    b.restore({ FROM, SET }, ({ outputs }) => {
      seen.push(readFileSync(join(outputs["FILES_DIR"]!, "order.txt"), "utf8"));
    });
  return { ...far, b, parts, run, seen, restore };
}

for (const [name, place] of [
  ["a folder", mounted],
  ["another host", host],
] as const) {
  test(`${name}: the whole repository is gone, and the set of the second place is restored and proven there`, async (t) => {
    if (!needs(t, "rsync", "ssh", "sshd")) return;
    const { at, b, run, seen, restore } = await both(t, place);
    rmSync(b.into, { recursive: true });
    assert.equal((await restore("1")).end, "failed backup-no-sets");
    for (const from of ["2", "nas"]) {
      const found = await restore(from);
      assert.equal(found.end, "ok", `${found.at}: ${JSON.stringify(found.args)}`);
    }
    assert.deepEqual(seen, ["paid\n", "paid\n"]);
    assert.ok(existsSync(join(at, "shop", run, "restored.json")), "it is good where it lies");
    assert.deepEqual(readdirSync(b.places), [], "what was brought is cleared away");
    assert.deepEqual(
      readdirSync(join(at, "shop", run)).filter((file) => file.startsWith("hold-")),
      [],
    );
    assert.equal((await restore("tape")).end, "failed restore-from");
  });

  test(`${name}: a copy that is damaged there is not restored, and is told by looking there`, async (t) => {
    if (!needs(t, "rsync", "ssh", "sshd")) return;
    const { at, b, run, parts, seen, to, restore } = await both(t, place);
    const look = () =>
      done(
        "backup-examine",
        { set: "shop", into: b.into, part: "files", kind: "files", with: parts[0]!.with, also: [{ to }] },
        b.context(`r20261120-000000-${String(10_000_000 + (attempts += 1))}`, "look", {
          SET: run,
          TO: "latest",
          FROM: "2",
        }),
      );
    assert.equal((await look()).ending, "ok");
    flip(join(at, "shop", run, "files", "big"));
    assert.equal((await look()).ending, "failed");
    assert.equal((await restore("2")).end, "failed backup-damaged");
    // What is here is not what lies there.
    assert.equal((await restore("1")).end, "ok");
    writeFileSync(join(at, "shop", run, "manifest.json"), "{}");
    assert.equal((await restore("2", run)).end, "failed backup-set-damaged");
    assert.deepEqual(seen, ["paid\n"]);
    assert.deepEqual(readdirSync(b.places), []);
  });
}

test("a place that cannot be reached is no place without sets", async (t) => {
  if (!needs(t, "rsync", "ssh", "sshd")) return;
  const far = await host(t);
  const parts = [{ id: "files", kind: "files", with: { path: source(t) } }];
  const b = await backupBench(t, { parts, also: [{ to: { ...far.to, port: 1 } }] });
  await assert.rejects(b.restore({ FROM: "2" }), /Connection refused/);
});

test("a place that may only be read is restored from; its proof is the evidence alone", async (t) => {
  if (!needs(t, "root", "mount", "rsync")) return;
  const { at, b, run, restore } = await both(t, mounted);
  execFileSync("mount", ["--bind", at, at]);
  try {
    execFileSync("mount", ["-o", "remount,ro,bind", at]);
    assert.equal((await restore("2")).end, "ok");
  } finally {
    execFileSync("umount", [at]);
  }
  assert.ok(!existsSync(join(at, "shop", run, "restored.json")));
  assert.deepEqual(readdirSync(b.places), []);
});

test("a key that is sealed for its escrow comes back without the host that made it, and with no other key", async (t) => {
  if (!needs(t, "rsync", "age", "openssl")) return;
  const { at, to } = await mounted(t);
  const path = join(folder(t), "identity.key");
  writeFileSync(path, "the node's own\n", { mode: 0o600 });
  const pair = () => {
    const text = execFileSync("age-keygen", { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return { secret: /^AGE-SECRET-KEY-\S+$/m.exec(text)![0], recipient: /public key: (\S+)/.exec(text)![1]! };
  };
  const [ours, other] = [pair(), pair()];
  const parts = [{ id: "id", kind: "key", with: { path, recipient: ours.recipient, private: { secret: "escrow" } } }];
  let given = ours.secret;
  const b = await backupBench(t, { parts, also: [{ to }], secret: () => Promise.resolve(given) });
  const { run, end, args } = await b.take();
  assert.equal(end, "ok", JSON.stringify(args));
  assert.equal(said(await copy(b, run, parts, to)), "ok");
  // The host is dead: its disk, its key.
  rmSync(b.into, { recursive: true });
  rmSync(path);
  const found = await b.restore({ FROM: "2" }, ({ outputs }) => {
    assert.equal(readFileSync(join(outputs["ID_DIR"]!, "identity.key"), "utf8"), "the node's own\n");
  });
  assert.equal(found.end, "ok", JSON.stringify(found.args));
  given = other.secret;
  assert.equal((await b.restore({ FROM: "2" })).end, "failed backup-key-closed");
  assert.ok(!readdirSync(join(at, "shop", run), { recursive: true, encoding: "utf8" }).includes("id/identity.key"));
});

/** What a set says that it stands on, as an increment of a database says it. */
function standsOn(b: Bench, run: string, base: string): void {
  const path = join(b.into, "shop", run, "manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as { parts: { facts: Record<string, string> }[] };
  manifest.parts[0]!.facts["BASE"] = base;
  writeFileSync(path, JSON.stringify(manifest, null, 2));
}

test("an increment brings what it stands on, to the second place and from it, however old that is", async (t) => {
  if (!needs(t, "rsync")) return;
  const { at, to } = await mounted(t);
  const parts = [{ id: "files", kind: "files", with: { path: source(t) } }];
  const b = await backupBench(t, { parts, also: [{ to }] });
  const [full, lone, increment] = [await b.take(), await b.take(), await b.take()].map(({ run }) => run) as [
    string,
    string,
    string,
  ];
  standsOn(b, increment, full);
  // The place begins with a set that is newer than the full one.
  mkdirSync(join(at, "shop"));
  execFileSync("cp", ["-a", join(b.into, "shop", lone), join(at, "shop")]);
  const end = await copy(b, increment, parts, to);
  assert.equal(said(end), "ok", sentence(end, "en"));
  assert.deepEqual(readdirSync(join(at, "shop")).toSorted(), [full, lone, increment]);
  rmSync(b.into, { recursive: true });
  const found = await b.restore({ FROM: "2" }, ({ place }) => {
    assert.deepEqual(readdirSync(join(place, ".sets")).toSorted(), [full, increment]);
  });
  assert.equal(found.end, "ok", JSON.stringify(found.args));
  rmSync(join(at, "shop", full), { recursive: true });
  assert.equal((await b.restore({ FROM: "2" })).end, "failed backup-link");
});

test("an increment whose base is nowhere fails the copy by name", async (t) => {
  if (!needs(t, "rsync")) return;
  const { to } = await mounted(t);
  const parts = [{ id: "files", kind: "files", with: { path: source(t) } }];
  const b = await backupBench(t, { parts });
  const [full, increment] = [await b.take(), await b.take()].map(({ run }) => run) as [string, string];
  standsOn(b, increment, full);
  rmSync(join(b.into, "shop", full), { recursive: true });
  const end = await copy(b, increment, parts, to);
  assert.equal(said(end), "failed backup-link");
  assert.match(sentence(end, "en"), new RegExp(full));
});

test("mariadb: an increment comes back from the second place with its full copy, when the first place is gone [H-068]", async (t) => {
  if (!needs(t, "rsync", "mariadbd", "mariadb", "mariadb-backup", "mariadb-install-db")) return;
  const db = await mariadb(t, ["--skip-log-bin", ...SMALL]);
  db.ask("CREATE TABLE orders (name VARCHAR(64) PRIMARY KEY); INSERT INTO orders VALUES ('full')");
  const { at, to } = await mounted(t);
  const parts = [{ id: "db", kind: "mariadb", with: { ...fieldsOf(db), increments: 2 } }];
  const b = await backupBench(t, { parts, also: [{ to }], secret: secretOf(db) });
  const full = await b.take();
  db.ask("INSERT INTO orders VALUES ('hourly')");
  const { run, end, args } = await b.take();
  assert.equal(end, "ok", JSON.stringify(args));
  const copied = await copy(b, run, parts, to);
  assert.equal(said(copied), "ok", sentence(copied, "en"));
  assert.deepEqual(readdirSync(join(at, "shop")).toSorted(), [full.run, run]);
  rmSync(b.into, { recursive: true });
  const rows: string[] = [];
  const found = await b.restore({ FROM: "2" }, ({ outputs }) => {
    rows.push(askAt(outputs["DB_HOST"]!, "SELECT GROUP_CONCAT(name ORDER BY name) FROM orders"));
  });
  assert.equal(found.end, "ok", `${found.at}: ${JSON.stringify(found.args)}`);
  assert.deepEqual(rows, ["full,hourly"]);
  rmSync(join(at, "shop", full.run), { recursive: true });
  assert.equal((await b.restore({ FROM: "2" })).at, "find", "known before anything is brought");
});
