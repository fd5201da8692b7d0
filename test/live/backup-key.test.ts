// The backup kind `key`: identity keys, with age and openssl as they are.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBench, type Bench } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
import { backupSuite } from "../suites/backup.ts";
import { done, said } from "../suites/step-context.ts";
import { needs } from "./needs.ts";

const openssl = (...words: readonly string[]): string =>
  execFileSync("openssl", [...words], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

/** A new Ed25519 key in a file that only its owner reads. */
function makeKey(path: string): void {
  openssl("genpkey", "-algorithm", "ed25519", "-out", path);
  chmodSync(path, 0o600);
}

interface Escrow {
  readonly recipient: string;
  readonly private: string;
}

function age(t: TestContext): Escrow {
  const file = join(folder(t), "age");
  execFileSync("age-keygen", ["-o", file], { stdio: "ignore" });
  const text = readFileSync(file, "utf8");
  return { recipient: /age1\w+/.exec(text)![0], private: /AGE-SECRET-KEY-\S+/.exec(text)![0] };
}

function cms(t: TestContext): Escrow {
  const root = folder(t);
  const [key, certificate] = [join(root, "key"), join(root, "certificate")];
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=safe", "-keyout", key, "-out", certificate);
  return { recipient: readFileSync(certificate, "utf8"), private: readFileSync(key, "utf8") };
}

const bench = (t: TestContext, path: string, more: object = {}, secrets: Record<string, string> = {}): Promise<Bench> =>
  backupBench(t, {
    parts: [{ id: "key", kind: "key", with: { path, ...more } }],
    secret: (name) => Promise.resolve(secrets[name]!),
  });

function keyFile(t: TestContext): string {
  const path = join(folder(t), "identity.key");
  makeKey(path);
  return path;
}

backupSuite({
  kind: "key",
  proves: "[S-049]",
  has: (t) => needs(t, "openssl"),
  source: (t) => {
    const path = join(folder(t), "identity.key");
    // What was added stands in the key's own file.
    const names = (file: string) =>
      existsSync(file)
        ? readFileSync(file, "utf8")
            .split("\n")
            .filter((line) => line !== "")
        : [];
    return Promise.resolve({
      part: { id: "key", kind: "key", with: { path } },
      add: (what) => writeFileSync(path, `${what}\n`, { flag: "a", mode: 0o600 }),
      has: () => names(path),
      restored: (outputs) => {
        const file = join(outputs["KEY_DIR"]!, "identity.key");
        assert.equal(statSync(file).mode & 0o777, 0o600);
        return names(file);
      },
    });
  },
});

for (const [name, make, tool] of [
  ["age", age, "age"],
  ["openssl cms", cms, "openssl"],
] as const) {
  test(`key with ${name}: the copy cannot be read without the private key, and opens with it [H-071]`, async (t) => {
    if (!needs(t, "openssl", tool)) return;
    const path = keyFile(t);
    const text = readFileSync(path);
    const safe = make(t);
    const given = { recipient: safe.recipient, private: { secret: "safe" } };
    const b = await bench(t, path, given, { safe: safe.private });
    const { run, end, args } = await b.take();
    assert.equal(end, "ok", JSON.stringify(args));
    const copy = join(b.into, "shop", run, "key");
    for (const file of readdirSync(copy)) {
      assert.ok(!readFileSync(join(copy, file)).includes(text.subarray(40, 70)), file);
      assert.equal(statSync(join(copy, file)).mode & 0o077, 0, file);
    }
    assert.equal(said(await b.examine("key")), "ok");
    let back: Buffer | undefined;
    let mode = 0;
    const restored = await b.restore({}, ({ outputs }) => {
      const file = join(outputs["KEY_DIR"]!, "identity.key");
      [back, mode] = [readFileSync(file), statSync(file).mode & 0o777];
    });
    assert.equal(restored.end, "ok");
    assert.deepEqual(back, text);
    assert.equal(mode, 0o600);
    // A lost private key is known before it is needed.
    const other = await bench(t, path, given, { safe: make(t).private });
    assert.equal((await other.take()).end, "ok");
    assert.equal(said(await other.examine("key")), "failed backup-key-closed");
    assert.equal((await other.restore()).end, "failed backup-key-closed");
    const none = await bench(t, path, { recipient: safe.recipient });
    assert.equal((await none.take()).end, "ok");
    assert.equal(said(await none.examine("key")), "ok");
    assert.equal((await none.restore()).end, "failed backup-key-closed");
  });
}

test("key: a key that others may read is refused at its source, and seen in the copy [S-049]", async (t) => {
  if (!needs(t, "openssl")) return;
  const path = keyFile(t);
  const b = await bench(t, path);
  for (const mode of [0o640, 0o604, 0o660]) {
    chmodSync(path, mode);
    assert.deepEqual([(await b.take()).end, mode], ["failed backup-key-mode", mode]);
  }
  chmodSync(path, 0o400);
  const { run, end } = await b.take();
  assert.equal(end, "ok");
  chmodSync(join(b.into, "shop", run, "key", "identity.key"), 0o644);
  assert.equal(said(await b.examine("key")), "failed backup-key-mode");
});

test("key: another key is told by its fingerprint, and refused where the book says which it must be", async (t) => {
  if (!needs(t, "openssl")) return;
  const path = keyFile(t);
  const b = await bench(t, path);
  const facts = (run: string): Record<string, string> =>
    JSON.parse(readFileSync(join(b.into, "shop", run, "manifest.json"), "utf8")).parts[0].facts;
  const first = facts((await b.take()).run);
  const der = execFileSync("openssl", ["pkey", "-in", path, "-pubout", "-outform", "DER"]);
  const digest = execFileSync("sha256sum", { input: der, encoding: "utf8" }).slice(0, 64);
  assert.deepEqual([first["KEEP"], first["FINGERPRINT"], first["WAS"]], ["forever", `key:${digest}`, undefined]);
  // The same key in another form is the same key.
  openssl("pkey", "-in", path, "-outform", "DER", "-out", `${path}.der`);
  chmodSync(`${path}.der`, 0o600);
  writeFileSync(path, readFileSync(`${path}.der`));
  assert.equal(facts((await b.take()).run)["WAS"], undefined);
  rmSync(path);
  makeKey(path);
  const changed = facts((await b.take()).run);
  assert.equal(changed["WAS"], first["FINGERPRINT"]);
  const pinned = await bench(t, path, { fingerprint: first["FINGERPRINT"]! });
  const refused = await pinned.take();
  assert.equal(refused.end, "failed backup-key-changed");
  assert.equal(refused.args!["now"], changed["FINGERPRINT"]);
  assert.equal((await (await bench(t, path, { fingerprint: changed["FINGERPRINT"]! })).take()).end, "ok");
});

test("key: a key in another place keeps its mode there [S-049]", async (t) => {
  if (!needs(t, "openssl", "rsync")) return;
  const b = await bench(t, keyFile(t));
  const { run } = await b.take();
  const far = folder(t);
  mkdirSync(join(far, "x"));
  const given = { set: "shop", into: b.into, parts: [{ id: "key", kind: "key", with: { path: "/k" } }] };
  const end = await done("backup-copy", { ...given, to: { kind: "folder", path: far } }, b.context(run, "copy"));
  assert.equal(said(end), "ok");
  assert.equal(statSync(join(far, "shop", run, "key", "identity.key")).mode & 0o777, 0o600);
});
