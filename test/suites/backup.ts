// What every backup kind must hold to, against the real thing that it backs up.
import assert from "node:assert/strict";
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBench, type Bench, type PartGiven } from "../kit/backup.ts";
import { said, sentence } from "./step-context.ts";

/** What is backed up: real, and of the test's own. */
export interface Source {
  readonly part: PartGiven;
  secret?(reference: string): Promise<string>;
  /** Adds something that a restore must bring back; waits until it is there. */
  add(what: string): Promise<void> | void;
  /** Everything that was added and is there now, sorted. */
  has(): Promise<readonly string[]> | readonly string[];
  /** The same of what was restored, by the outputs of its start. */
  restored(outputs: Readonly<Record<string, string>>, place: string): Promise<readonly string[]> | readonly string[];
  /** File of the copy, or of its tool's repository, whose bytes matter; undefined: the largest of the copy. */
  damaged?(copy: string): string;
}

export interface BackupSuite {
  readonly kind: string;
  /** Requirements that it proves, as a title's end has them. */
  readonly proves: string;
  readonly has: (t: TestContext) => boolean;
  readonly source: (t: TestContext) => Promise<Source>;
}

/** The largest file below a folder. */
export function largest(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return files.toSorted((a, b) => statSync(b).size - statSync(a).size)[0]!;
}

/** Another byte in the middle of a file. */
export function flip(path: string): void {
  const fd = openSync(path, "r+");
  const at = Math.floor(statSync(path).size / 2);
  const byte = Buffer.alloc(1);
  readSync(fd, byte, 0, 1, at);
  byte[0]! ^= 0x40;
  writeSync(fd, byte, 0, 1, at);
  closeSync(fd);
}

const bench = (t: TestContext, source: Source): Promise<Bench> =>
  backupBench(t, { parts: [source.part], ...(source.secret && { secret: (name) => source.secret!(name) }) });

const manifest = (b: Bench, set: string) =>
  JSON.parse(readFileSync(join(b.into, "shop", set, "manifest.json"), "utf8"));

export function backupSuite({ kind, proves, has, source }: BackupSuite): void {
  test(`${kind}: what is taken comes back, apart from what is in use, and leaves nothing behind ${proves}`, async (t) => {
    if (!has(t)) return;
    const from = await source(t);
    const b = await bench(t, from);
    await from.add("one");
    const first = await b.take();
    assert.equal(first.end, "ok", `${first.at}: ${JSON.stringify(first.args)}`);
    await from.add("two");
    const { parts } = manifest(b, first.run);
    assert.equal(parts[0].kind, from.part.kind);
    assert.ok(parts[0].bytes > 0 && parts[0].files > 0, JSON.stringify(parts));
    assert.equal(said(await b.examine(from.part.id)), "ok");
    let seen: readonly string[] = [];
    const back = await b.restore({ SET: first.run }, async ({ outputs, place }) => {
      seen = await from.restored(outputs, place);
    });
    assert.equal(back.end, "ok", `${back.at}: ${JSON.stringify(back.args)}`);
    assert.deepEqual(seen, ["one"]);
    // What is in use was not touched.
    assert.deepEqual(await from.has(), ["one", "two"]);
    assert.deepEqual(readdirSync(b.places), []);
    assert.deepEqual(
      readdirSync(join(b.into, "shop", first.run)).filter((name) => name.startsWith("hold")),
      [],
    );
    const proof = JSON.parse(readFileSync(join(b.into, "shop", first.run, "restored.json"), "utf8"));
    assert.equal(proof.run, back.run);
    // Nothing half taken, and no lock.
    assert.deepEqual(
      readdirSync(join(b.into, "shop")).filter((name) => name.startsWith(".")),
      [],
    );
  });

  test(`${kind}: a flipped byte, a file that is cut and one that is missing are seen, by looking and by restoring ${proves}`, async (t) => {
    if (!has(t)) return;
    const from = await source(t);
    const b = await bench(t, from);
    await from.add("one");
    const { run, end } = await b.take();
    assert.equal(end, "ok");
    const copy = join(b.into, "shop", run, from.part.id);
    const file = from.damaged?.(copy) ?? largest(copy);
    flip(file);
    const looked = await b.examine(from.part.id);
    assert.equal(said(looked), "failed backup-damaged", sentence(looked, "en"));
    const back = await b.restore();
    assert.equal(back.end, "failed backup-damaged");
    assert.ok(!existsSync(join(b.into, "shop", run, "restored.json")));
    assert.deepEqual(readdirSync(b.places), []);
    flip(file);
    assert.equal(said(await b.examine(from.part.id)), "ok");
    truncateSync(file, Math.floor(statSync(file).size / 2));
    assert.equal(said(await b.examine(from.part.id)), "failed backup-damaged");
    unlinkSync(file);
    assert.equal(said(await b.examine(from.part.id)), "failed backup-damaged");
  });

  test(`${kind}: two sets stand for themselves, and the one that is named comes back`, async (t) => {
    if (!has(t)) return;
    const from = await source(t);
    const b = await bench(t, from);
    await from.add("one");
    const first = await b.take();
    await from.add("two");
    const second = await b.take({ prune: { copies: 5 } });
    assert.deepEqual([first.end, second.end], ["ok", "ok"]);
    const seen: (readonly string[])[] = [];
    for (const SET of ["latest", first.run])
      await b.restore({ SET }, async ({ outputs, place }) => {
        seen.push(await from.restored(outputs, place));
      });
    assert.deepEqual(seen, [["one", "two"], ["one"]]);
  });
}
