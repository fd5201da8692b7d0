// Sets with a PostgreSQL in them: torn, two at once, no room, and a restore to which nobody comes back.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { backupBench, type Bench } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
import { until } from "../kit/until.ts";
import { sentence } from "../suites/step-context.ts";
import { askRestored, cluster, shared, type Cluster } from "./cluster.ts";
import { disk } from "./disk.ts";
import { needs } from "./needs.ts";

const server = shared(after, (ending) => cluster(ending));
const has = (t: TestContext): boolean => needs(t, "postgres", "psql");

interface Shop {
  readonly b: Bench;
  readonly files: string;
  readonly attach: (name: string, content: string) => void;
}

/** Attachments: rows that name files with their digests, and the files. */
async function shop(t: TestContext, kind: "postgres" | "postgres-dump"): Promise<Shop> {
  const found = await server();
  const files = folder(t);
  found.ask("CREATE TABLE IF NOT EXISTS attachment (path text PRIMARY KEY, sha256 text); TRUNCATE attachment");
  const b = await backupBench(t, {
    parts: [
      { id: "db", kind, with: found.with },
      { id: "files", kind: "files", with: { path: files } },
    ],
    agree: [{ rows: "db", query: "SELECT path, sha256 FROM attachment", files: "files" }],
    secret: found.secret,
  });
  mkdirSync(join(files, "2026"));
  const attach = (name: string, content: string): void => {
    const sha256 = createHash("sha256").update(content).digest("hex");
    writeFileSync(join(files, "2026", name), content);
    found.ask(`INSERT INTO attachment VALUES ('2026/${name.replaceAll("'", "''")}', '${sha256}')`);
  };
  return { b, files, attach };
}

for (const kind of ["postgres", "postgres-dump"] as const)
  test(`${kind}: rows and their files come back together; one file that does not match its row makes the set torn`, async (t) => {
    if (!has(t)) return;
    const { b, files, attach } = await shop(t, kind);
    attach("plan.pdf", "a plan");
    attach("it's.pdf", "another");
    const whole = await b.take();
    assert.equal(whole.end, "ok", JSON.stringify(whole.args));
    const back = await b.restore();
    assert.equal(back.end, "ok", JSON.stringify(back.args));
    writeFileSync(join(files, "2026", "plan.pdf"), "a PLAN");
    const torn = await b.take();
    assert.equal(torn.end, "failed backup-torn");
    assert.match(
      sentence({ ending: "failed", reason: "backup-torn", seconds: 0, ...(torn.args && { args: torn.args }) }, "en"),
      /2026\/plan\.pdf/,
    );
    // Only by its name, and then it does not hold; whoever asks for the latest gets the whole one.
    assert.equal((await b.restore({ SET: torn.run })).end, "failed restore-torn");
    const latest = await b.restore();
    assert.deepEqual([latest.end, latest.outputs["SET_ID"]], ["ok", whole.run]);
  });

const only = (t: TestContext, found: Cluster, into?: string, limit?: number): Promise<Bench> =>
  backupBench(t, {
    parts: [{ id: "db", kind: "postgres", with: found.with }],
    secret: found.secret,
    ...(into !== undefined && { into }),
    ...(limit !== undefined && { limit }),
  });

test("postgres: of two backups at once the second is refused, and the first comes to its end", async (t) => {
  if (!has(t)) return;
  const b = await only(t, await server());
  const both = await Promise.all([b.take(), b.take()]);
  assert.deepEqual(both.map(({ end }) => end).toSorted(), ["failed backup-busy", "ok"]);
  assert.equal(readdirSync(join(b.into, "shop")).length, 1);
});

test("postgres: a disk that is too small is known before the backup and before the restore", async (t) => {
  if (!has(t) || !needs(t, "root", "mount")) return;
  const found = await server();
  const small = await only(t, found, join(disk(t, "20m"), "sets"));
  const { at, end } = await small.take();
  assert.equal(`${at} ${end}`, "begin failed backup-no-room");
  const b = await only(t, found);
  assert.equal((await b.take()).end, "ok");
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=20m,mode=711", "tmpfs", b.places]);
  try {
    const back = await b.restore();
    assert.equal(`${back.at} ${back.end}`, "find failed backup-no-room");
  } finally {
    execFileSync("umount", ["-l", b.places]);
  }
});

const stat = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    // Ended meanwhile.
    return "";
  }
};

/** Lets the time of the target's own timer run out: its sleep, which is a child of it, is ended. */
function runOut(receipts: string): void {
  const timer = readdirSync(receipts, { recursive: true, encoding: "utf8" }).find((path) => path.endsWith("/timer"))!;
  const [pid = ""] = readFileSync(join(receipts, timer), "utf8").split(" ");
  const sleeps = readdirSync("/proc").filter((one) => /^\d+$/.test(one) && stat(one).includes(`(sleep) S ${pid} `));
  assert.equal(sleeps.length, 1);
  process.kill(Number(sleeps[0]));
}

test("postgres: when nobody comes back the target itself stops the restored server and removes its place [K-065]", async (t) => {
  if (!has(t)) return;
  const b = await only(t, await server(), undefined, 60);
  assert.equal((await b.take()).end, "ok");
  let looked = false;
  const back = await b.restore({}, async ({ outputs, place }) => {
    assert.equal(askRestored(outputs)("SELECT 1"), "1");
    const pid = readFileSync(join(place, "db", "data", "postmaster.pid"), "utf8").split("\n")[0]!;
    runOut(join(b.here.root, ".receipts"));
    await until(() => !existsSync(place), "the place is still there");
    assert.ok(["", "Z"].includes(/\) (\S)/.exec(stat(pid))?.[1] ?? ""), stat(pid));
    looked = true;
  });
  assert.ok(looked, JSON.stringify(back));
  assert.deepEqual(readdirSync(b.places), []);
  assert.deepEqual(
    readdirSync(join(b.into, "shop", back.outputs["SET_ID"]!)).filter((name) => name.startsWith("hold")),
    [],
  );
});
