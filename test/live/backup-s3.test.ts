// A set whose files lie in an S3-compatible store: restic over the wire format of S3.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBench } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
import { startS3 } from "../kit/s3.ts";
import { said } from "../suites/step-context.ts";
import { needs } from "./needs.ts";

const VALUES: Readonly<Record<string, string>> = { main: "of the host", id: "AKID", key: "s3-secret-key" };
const secret = (name: string): Promise<string> => Promise.resolve(VALUES[name]!);

async function stored(t: TestContext) {
  const s3 = await startS3(t, "backups");
  const path = folder(t);
  mkdirSync(join(path, "files"));
  const bytes = randomBytes(200_000);
  writeFileSync(join(path, "files", "one"), bytes);
  const params = {
    path,
    repository: `s3:${s3.url}/backups`,
    password: { secret: "main" },
    credentials: { AWS_ACCESS_KEY_ID: { secret: "id" }, AWS_SECRET_ACCESS_KEY: { secret: "key" } },
    create: true,
  };
  return {
    s3,
    path,
    bytes,
    bench: await backupBench(t, { parts: [{ id: "files", kind: "restic", with: params }], secret }),
  };
}

test("restic on S3: what is taken comes back when the host's own files are gone, and no key is in the set", async (t) => {
  if (!needs(t, "restic", "moto")) return;
  const { s3, path, bytes, bench } = await stored(t);
  const { run, end } = await bench.take();
  assert.equal(end, "ok");
  assert.ok((await s3.objects("backups")).some(({ name }) => name.startsWith("data/")));
  const manifest = readFileSync(join(bench.into, "shop", run, "manifest.json"), "utf8");
  assert.ok(!manifest.includes(VALUES["key"]!) && !manifest.includes(VALUES["main"]!), manifest);
  rmSync(join(path, "files"), { recursive: true });
  const back = await bench.restore({ SET: run }, ({ outputs }) =>
    assert.ok(readFileSync(join(outputs["FILES_DIR"]!, "files", "one")).equals(bytes)),
  );
  assert.equal(back.end, "ok");
});

test("restic on S3: damage in the store and a store that is gone are seen", async (t) => {
  if (!needs(t, "restic", "moto")) return;
  const { s3, bench } = await stored(t);
  const { run } = await bench.take();
  assert.equal(said(await bench.examine("files")), "ok");
  const packs = (await s3.objects("backups")).filter(({ name }) => name.startsWith("data/"));
  s3.damage("backups", packs.toSorted((one, other) => other.bytes - one.bytes)[0]!.name);
  assert.equal(said(await bench.examine("files")), "failed backup-damaged");
  assert.match((await bench.restore({ SET: run })).end, /^failed /);
  await s3.stop();
  assert.match(said(await bench.examine("files")), /^failed /);
});
