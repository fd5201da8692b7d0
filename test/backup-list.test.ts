// What a repository says of its sets: nothing that lies in it takes a listing down, forges a set or hides that one was restored.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { expired, inUse } from "../src/kinds/backups/repository/keep.ts";
import { listSets, setsIn } from "../src/kinds/backups/repository/list.ts";
import { objectList } from "../src/kinds/steps/copy/rclone.ts";
import { stateOf, type SetSeen } from "../src/model/backup.ts";
import type { Reach } from "../src/model/target.ts";
import { setsText } from "../src/report/backup/text.ts";
import { setView } from "../src/report/backup/view.ts";
import { folder } from "./kit/folder.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const IDS = ["r20261101-010000-aaaaaaaa", "r20261110-010000-bbbbbbbb", "r20261119-010000-cccccccc"] as const;
const UNTIL = ["2026-11-01T01:00:00Z", "2026-11-10T01:00:00Z", "2026-11-19T01:00:00Z"] as const;
const PROOF = { run: "r20261115-000000-11111111", at: "2026-11-15T00:00:00.000Z", probes: 2, to: "latest" };
const PART = { id: "db", kind: "files", bytes: 100, files: 1, sums: "a", facts: {} };

const manifestOf = (index: number, more: object = {}): object => ({
  ...{ format: "watchbook-backup/1", set: "shop", id: IDS[index], run: IDS[index], target: "db-1" },
  ...{ from: UNTIL[index], until: UNTIL[index], parts: [PART], agreed: [], book: "x" },
  ...more,
});
const base64 = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64");

interface Line {
  readonly more?: object;
  readonly proof?: unknown;
}

/** The sets of IDS in order. */
const listing = (...lines: readonly Line[]): readonly SetSeen[] =>
  setsIn(
    lines
      .map(
        ({ more, proof }, index) =>
          `set ${IDS[index]}\nmanifest ${base64(manifestOf(index, more))}\n${proof === undefined ? "" : `restored ${base64(proof)}\n`}`,
      )
      .join(""),
  );

const unread = ["", "{", "null", { at: "x" }, { ...PROOF, at: "yesterday" }, { ...PROOF, probes: "\u001b[31m9" }];

test("a proof that is there and cannot be read makes no set good, and none is removed for it [S-052]", () => {
  for (const proof of unread) {
    const sets = listing({ proof }, {}, {});
    assert.deepEqual(sets.map(stateOf), ["unproven", "unproven", "unproven"], JSON.stringify(proof));
    assert.deepEqual(expired(sets, { copies: 1 }, NOW), [IDS[1]], JSON.stringify(proof));
    assert.deepEqual(inUse(sets), [IDS[0]], JSON.stringify(proof));
  }
  // What surely was restored stays besides.
  const both = listing({ proof: PROOF }, { proof: "" }, {});
  assert.deepEqual(expired(both, { copies: 1 }, NOW), []);
  assert.deepEqual(inUse(both).toSorted(), [IDS[0], IDS[1]]);
  assert.deepEqual(expired(listing({ proof: PROOF }, {}, {}), { copies: 1 }, NOW), [IDS[1]]);
});

test("a torn set is none that was restored, whatever lies beside it [S-052]", () => {
  const torn = { agreed: [{ rows: "db", files: "f", looked: 3, torn: 1, first: ["a"] }] };
  const sets = listing({ proof: PROOF }, { more: torn, proof: PROOF }, {});
  assert.deepEqual(sets.map(stateOf), ["good", "torn", "unproven"]);
  assert.deepEqual(expired(sets, { copies: 1 }, NOW), [IDS[1]]);
  assert.deepEqual(inUse(sets), [IDS[0]]);
});

test("a manifest that says something else is damaged, and the other sets are listed", () => {
  for (const more of [
    { agreed: [null] },
    { agreed: [{ torn: "many" }] },
    { parts: [null] },
    { parts: [{ ...PART, facts: null }] },
    { parts: [{ ...PART, bytes: "9" }] },
    { parts: [{ ...PART, id: "\u001b[2Jx" }] },
    { until: undefined },
    { until: 1 },
    { until: "soon" },
    { until: "2026-11-20 (\u001b[31m)" },
    { id: IDS[1] },
  ]) {
    const sets = listing({ more, proof: PROOF }, {});
    const said = JSON.stringify(more);
    assert.deepEqual(
      sets.map(({ problem }) => problem),
      ["manifest.json", undefined],
      said,
    );
    const views = sets.map((set) => setView({ id: "shop" }, set, NOW));
    assert.deepEqual(
      views.map(({ state }) => state),
      ["damaged", "unproven"],
      said,
    );
    assert.ok(setsText(views, "en", "UTC").includes(IDS[1]), said);
    assert.deepEqual(expired(sets, { copies: 1 }, NOW), [], said);
    assert.deepEqual(inUse(sets), [], said);
  }
  for (const proof of unread) {
    const text = setsText([setView({ id: "shop" }, listing({ proof })[0]!, NOW)], "en", "UTC");
    assert.ok(text.includes(IDS[0]) && !text.includes("never restored"), text);
  }
});

test("a set that lies in the future has no age", () => {
  const [ahead, now] = listing(
    { more: { until: "2031-01-01T00:00:00Z" } },
    { more: { until: "2026-11-20T12:30:00Z" } },
  );
  assert.deepEqual(
    [ahead!, now!].map((set) => setView({ id: "shop" }, set, NOW).ageSeconds),
    [null, 0],
  );
});

/** Does what it is given, here, with these programs before all others. */
const here = (path?: string): Reach =>
  ({
    exec: ([command, ...args]: readonly string[]) => {
      const env = { ...process.env, ...(path !== undefined && { PATH: `${path}:${process.env["PATH"]}` }) };
      const { status, stdout, stderr } = spawnSync(command!, args, { encoding: "utf8", env });
      const end = { kind: "exit", code: status ?? 1 };
      return Promise.resolve({ end, out: stdout, err: stderr, truncated: false });
    },
  }) as unknown as Reach;

function repository(t: TestContext): { readonly root: string; readonly proof: string } {
  const root = join(folder(t), "it's sets");
  for (const [index, id] of IDS.entries()) {
    mkdirSync(join(root, id), { recursive: true });
    writeFileSync(join(root, id, "manifest.json"), JSON.stringify(manifestOf(index)));
  }
  return { root, proof: join(root, IDS[0], "restored.json") };
}
const seen = (root: string): Promise<readonly SetSeen[]> => listSets(here(), { folder: root, sudo: false });

test("a folder: a proof that cannot be read is never taken for none [S-052]", async (t) => {
  const { root, proof } = repository(t);
  writeFileSync(proof, JSON.stringify(PROOF));
  assert.deepEqual((await seen(root)).map(stateOf), ["good", "unproven", "unproven"]);
  writeFileSync(proof, "");
  assert.deepEqual(inUse(await seen(root)), [IDS[0]]);
  for (const spoil of [() => symlinkSync("restored.json", proof), () => mkdirSync(proof)]) {
    rmSync(proof, { recursive: true });
    spoil();
    const sets = await seen(root);
    assert.deepEqual(sets.map(stateOf), ["unproven", "unproven", "unproven"]);
    assert.deepEqual(inUse(sets), [IDS[0]]);
  }
});

test("a folder: the name of a file or a folder forges no set and no hold", async (t) => {
  const { root } = repository(t);
  const set = join(root, IDS[0]);
  const forged = `hold-x\nset r20261120-010000-ffffffff\nmanifest ${base64({ ...manifestOf(0), id: "r20261120-010000-ffffffff" })}`;
  const run = "r20261120-080000-0000000f";
  for (const name of [forged.slice(0, 250), "hold-x\nhold y", `hold-${run}`, `hold-${run}\nhold z`, "hold-r1 2"])
    writeFileSync(join(set, name.replaceAll("/", "_")), "");
  // As long as an id, and another line.
  mkdirSync(join(root, "r20261120-010000-\nhold yy"));
  mkdirSync(join(root, "r20261120-010000-$(uname)"));
  const sets = await seen(root);
  assert.deepEqual(
    sets.map(({ id }) => id),
    IDS,
  );
  assert.deepEqual(
    sets.map(({ holds }) => holds),
    [[run], [], []],
  );
});

/** Stands in for rclone: a folder is the store. What `broken` names cannot be read. */
function rclone(t: TestContext, root: string, broken: string): string {
  const bin = folder(t);
  writeFileSync(
    join(bin, "rclone"),
    `#!/bin/sh
for last do :; done
case "$*" in
*" lsf "*) cd '${root.replaceAll("'", "'\\''")}' && find . -type f | sed 's,^\\./,,' ;;
*" cat "*${broken}) echo 'connection reset' >&2; exit 1 ;;
*" cat "*) cat '${root.replaceAll("'", "'\\''")}'"/$(printf %s "$last" | sed 's,.*/\\(r[^/]*/[^/]*\\)$,\\1,')" ;;
esac
`,
  );
  chmodSync(join(bin, "rclone"), 0o755);
  return bin;
}

test("objects: a proof that could not be fetched is not taken for none; only runs hold [S-052]", async (t) => {
  const { root, proof } = repository(t);
  writeFileSync(proof, JSON.stringify(PROOF));
  const run = "r20261120-080000-0000000f";
  for (const name of [`hold-${run}`, "hold-x y", "hold-r1"]) writeFileSync(join(root, IDS[1], name), "held\n");
  const argv = objectList({ to: "s3:b" }, "shop");
  const where = { folder: "s3:b/shop", sudo: false, over: () => argv };
  const sets = await listSets(here(rclone(t, root, "nothing")), where);
  assert.deepEqual(sets.map(stateOf), ["good", "unproven", "unproven"]);
  assert.deepEqual(
    sets.map(({ holds }) => holds),
    [[], [run], []],
  );
  const unread = await listSets(here(rclone(t, root, "restored.json")), where);
  assert.deepEqual(
    [unread.map(stateOf), inUse(unread).toSorted()],
    [
      ["unproven", "unproven", "unproven"],
      [IDS[0], IDS[1]],
    ],
  );
  writeFileSync(proof, "");
  assert.deepEqual(inUse(await listSets(here(rclone(t, root, "nothing")), where)).toSorted(), [IDS[0], IDS[1]]);
});
