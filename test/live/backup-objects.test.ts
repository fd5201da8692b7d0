// A second place of objects: S3 over its wire format, by the target's own rclone.
import assert from "node:assert/strict";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { AttemptEnd } from "../../src/model/journal.ts";
import { backupBench } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
import { meanwhile } from "../kit/meanwhile.ts";
import { startS3 } from "../kit/s3.ts";
import { done, said, sentence } from "../suites/step-context.ts";
import { needs } from "./needs.ts";

let attempts = 0;

async function stored(t: TestContext) {
  const s3 = await startS3(t, "backups");
  // moto names the version `null` of a store without versions, and then knows none of that name.
  const body = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  assert.ok((await fetch(`${s3.url}/backups?versioning`, { method: "PUT", body })).ok);
  const path = folder(t);
  mkdirSync(join(path, "it's sub"));
  writeFileSync(join(path, "it's sub", "key"), "of the node\n");
  chmodSync(join(path, "it's sub", "key"), 0o600);
  linkSync(join(path, "it's sub", "key"), join(path, "again"));
  symlinkSync("again", join(path, "link"));
  writeFileSync(join(path, "big"), Buffer.alloc(300_000, "0123456789"));
  const config = join(folder(t), "rclone.conf");
  writeFileSync(
    config,
    `[off site]\ntype = s3\nprovider = Other\nendpoint = ${s3.url}\naccess_key_id = AKID\nsecret_access_key = s3-secret\nregion = us-east-1\n`,
    { mode: 0o600 },
  );
  const parts = [{ id: "files", kind: "files", with: { path } }];
  const to = { kind: "rclone", to: "off site:backups/of chat", config };
  const b = await backupBench(t, { parts, also: [{ name: "s3", to }] });
  const copy = (run: string, at: object = to): Promise<AttemptEnd> =>
    done("backup-copy", { set: "shop", into: b.into, parts, to: at }, b.context(run, `copy-${(attempts += 1)}`));
  const prune = (keep: object): Promise<AttemptEnd> =>
    done("backup-copy-prune", { set: "shop", into: b.into, to, keep }, b.context("run-p", `prune-${(attempts += 1)}`));
  const names = async (): Promise<readonly string[]> =>
    (await s3.objects("backups")).map(({ name }) => decodeURIComponent(name).replace("of chat/shop/", "")).toSorted();
  const examine = (run: string): Promise<AttemptEnd> =>
    done(
      "backup-examine",
      { set: "shop", into: b.into, part: "files", kind: "files", with: { path }, also: [{ name: "s3", to }] },
      b.context("run-e", `examine-${(attempts += 1)}`, { SET: run, TO: "latest", FROM: "s3" }),
    );
  return { s3, path, config, to, b, copy, prune, names, examine };
}

test("S3 by rclone: what lies there comes back with modes and links when the host has nothing left, and is proven there [S-046]", async (t) => {
  if (!needs(t, "rclone", "moto")) return;
  const { b, copy, names, examine, prune } = await stored(t);
  const one = await b.take();
  const two = await b.take();
  const end = await copy(two.run);
  assert.equal(said(end), "ok", sentence(end, "en"));
  assert.match(end.outputs!["COPIED_1"]!, /^[0-9a-f]{64}$/);
  const both = [one.run, two.run].flatMap((run) => [`${run}/manifest.json`, `${run}/set.tar`]).toSorted();
  assert.deepEqual(await names(), both);
  assert.equal(said(await copy(two.run)), "ok", "it is there, and is looked at once more");
  assert.equal(said(await examine(two.run)), "ok backup-looked-afar");
  rmSync(join(b.into, "shop"), { recursive: true });
  const back = await b.restore({ FROM: "s3" }, ({ outputs }) => {
    const [key, again] = ["it's sub/key", "again"].map((name) => statSync(join(outputs["FILES_DIR"]!, name)));
    assert.deepEqual([key!.mode & 0o777, key!.ino], [0o600, again!.ino]);
    assert.equal(readFileSync(join(outputs["FILES_DIR"]!, "link"), "utf8"), "of the node\n");
  });
  assert.deepEqual([back.end, back.outputs["SET_ID"]], ["ok", two.run], JSON.stringify(back.args));
  assert.deepEqual(
    await names(),
    [...both, `${two.run}/restored.json`].toSorted(),
    "proven there, and nothing is held",
  );
  const three = await b.take();
  assert.equal(said(await copy(three.run)), "ok");
  // The newest that was restored stays, whatever the rule says.
  assert.equal((await prune({ copies: 1 })).outputs!["PRUNED"], one.run);
});

test("S3 by rclone: a set that somebody begins to restore from while it is about to go stays [S-052]", async (t) => {
  if (!needs(t, "rclone", "moto")) return;
  const { s3, to, b, copy, names } = await stored(t);
  const one = await b.take();
  const two = await b.take();
  const three = await b.take();
  assert.equal(said(await copy(three.run)), "ok");
  const context = meanwhile(b.context("run-p", `prune-${(attempts += 1)}`), async () => {
    const hold = `${s3.url}/backups/of%20chat/shop/${one.run}/hold-r20261120-080000-0000000f`;
    assert.ok((await fetch(hold, { method: "PUT", body: "held" })).ok);
  });
  const end = await done("backup-copy-prune", { set: "shop", into: b.into, to, keep: { copies: 1 } }, context);
  assert.deepEqual([said(end), end.outputs!["PRUNED"]], ["ok", two.run]);
  assert.deepEqual(
    [...new Set((await names()).map((name) => name.split("/")[0]!))].toSorted(),
    [one.run, three.run].toSorted(),
  );
});

test("S3 by rclone: what broke off is no set and goes on; damage, a bucket that is not there and a store that is gone are loud", async (t) => {
  if (!needs(t, "rclone", "moto")) return;
  const { s3, to, b, copy, names, examine } = await stored(t);
  const one = await b.take();
  const put = (name: string): Promise<Response> =>
    fetch(`${s3.url}/backups/of%20chat/shop/${name}/set.tar`, { method: "PUT", body: "half of it" });
  for (const name of [one.run, "r20200101-000000-00000000"]) assert.ok((await put(name)).ok);
  const none = await b.restore({ FROM: "s3" });
  assert.equal(none.end, "failed backup-no-sets");
  assert.equal(said(await copy(one.run)), "ok");
  assert.deepEqual(await names(), [`${one.run}/manifest.json`, `${one.run}/set.tar`]);
  s3.damage("backups", `of chat/shop/${one.run}/set.tar`);
  assert.equal(said(await copy(one.run)), "failed backup-copy-damaged");
  assert.match(said(await examine(one.run)), /^failed backup-copy-damaged/);
  assert.match((await b.restore({ FROM: "s3" })).end, /^failed /);
  assert.match(said(await copy(one.run, { ...to, to: "off site:another/chat" })), /^failed backup-copy-/);
  assert.match(said(await copy(one.run, { ...to, to: "offsite:backups/chat" })), /^failed backup-copy-place/);
  await s3.stop();
  assert.equal(said(await copy(one.run)), "failed backup-copy-place");
});
