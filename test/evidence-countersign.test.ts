// A second signature, of a person: over the same statement, with the key that the book has.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { EVIDENCE_NAMESPACE } from "../src/evidence/countersign.ts";
import { FILES } from "../src/evidence/files.ts";
import { evidenceBook } from "./kit/evidence-book.ts";
import { folder } from "./kit/folder.ts";
import { sshKey, sshSign, sshVerifies } from "./kit/ssh-keys.ts";
import { MAIN } from "./kit/wb.ts";
import { needs } from "./live/needs.ts";

/** The same armour, its last byte another. */
function flipped(armoured: string): string {
  const [head, ...rest] = armoured.trim().split("\n");
  const bytes = Buffer.from(rest.slice(0, -1).join(""), "base64");
  bytes[bytes.length - 1]! ^= 1;
  return [head, bytes.toString("base64"), rest.at(-1), ""].join("\n");
}

/** A book with li and wang, who have keys, and one run of it. */
async function signed(t: TestContext) {
  const made = await evidenceBook(t, {});
  const keys = { li: sshKey(folder(t), "li"), wang: sshKey(folder(t), "wang") };
  const person = (id: "li" | "wang") => `  ${id}: { name: ${id}, key: ${JSON.stringify(keys[id].line)} }\n`;
  writeFileSync(
    join(made.root, "watchbook.yaml"),
    `title: t\npeople:\n${person("li")}${person("wang")}  zhao: { name: zhao }\n`,
  );
  const directory = made.places[0]!.directory;
  const beside = (id: string) => join(directory, `statement.${id}.sshsig`);
  const sign = (id: string, key: string, ...more: string[]) =>
    made.call("sign", directory, "--as", id, "--key", key, ...more);
  const verify = async (...args: string[]) => {
    const { status, stdout } = await made.call("verify", directory, "--json", ...args);
    const found = JSON.parse(stdout) as { verdict: string; countersignedBy?: string[]; reasons: { code: string }[] };
    return { status, ...found, codes: found.reasons.map(({ code }) => code) };
  };
  return { ...made, keys, directory, beside, sign, verify };
}

test("a person signs what verifies, once; evidence verify names both signatures and can demand them", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { keys, directory, beside, sign, verify } = await signed(t);
  const alone = await verify("--signatures", "2");
  assert.deepEqual([alone.status, alone.verdict, alone.codes.includes("signatures-few")], [3, "inconclusive", true]);
  const done = await sign("li", keys.li.file);
  assert.deepEqual([done.status, done.stdout.trim()], [0, beside("li")]);
  assert.match(done.stderr, /^PASS/);
  const both = await verify("--signatures", "2");
  assert.deepEqual([both.status, both.countersignedBy?.length], [0, 1]);
  assert.match(both.countersignedBy![0]!, /^li SHA256:/);
  assert.equal((await verify("--signatures", "3")).status, 3);
  // Whoever has only OpenSSH can check it.
  const [statement, signature] = [join(directory, FILES.statement), beside("li")].map((file) =>
    readFileSync(file, "utf8"),
  );
  const line = `li namespaces="${EVIDENCE_NAMESPACE}" ${keys.li.line}\n`;
  assert.ok(sshVerifies(folder(t), line, "li", statement!, signature!, EVIDENCE_NAMESPACE));
  const again = await sign("li", keys.li.file);
  assert.deepEqual([again.status, /is there already/.test(again.stderr)], [2, true]);
  assert.equal(readFileSync(beside("li"), "utf8"), signature);
});

test("a signature made elsewhere is taken when it is that person's own, over this statement, for evidence", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { keys, root, directory, beside, call, verify } = await signed(t);
  const statement = readFileSync(join(directory, FILES.statement), "utf8");
  const give = (as: string, text: string) => {
    writeFileSync(join(root, "made.sig"), text);
    return call("sign", directory, "--as", as, "--signature", "made.sig");
  };
  const wrong = [
    await give("li", sshSign(keys.wang, statement, EVIDENCE_NAMESPACE)),
    await give("li", sshSign(keys.li, `${statement} `, EVIDENCE_NAMESPACE)),
    await give("li", sshSign(keys.li, statement)),
    await give("li", "yes"),
    await give("zhao", sshSign(keys.li, statement, EVIDENCE_NAMESPACE)),
    await give("../li", sshSign(keys.li, statement, EVIDENCE_NAMESPACE)),
  ];
  assert.deepEqual(
    wrong.map(({ status }) => status),
    wrong.map(() => 2),
  );
  assert.ok(!existsSync(beside("li")));
  assert.equal((await give("li", sshSign(keys.li, statement, EVIDENCE_NAMESPACE))).status, 0);
  assert.equal((await verify("--signatures", "2")).status, 0);
});

test("a signature that was changed, moved to another name or is of nobody known counts for nothing, and says why", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { root, keys, directory, beside, sign, verify } = await signed(t);
  await sign("li", keys.li.file);
  const good = readFileSync(beside("li"), "utf8");
  // One key under two names is one signature.
  writeFileSync(beside("wang"), good);
  const stolen = await verify();
  assert.deepEqual([stolen.status, stolen.codes], [2, ["countersign-key"]]);
  rmSync(beside("wang"));
  writeFileSync(beside("li"), flipped(good));
  assert.deepEqual((await verify()).codes, ["countersign-forged"]);
  writeFileSync(beside("li"), good);
  renameSync(beside("li"), beside("stranger"));
  const unknown = await verify("--signatures", "2");
  assert.deepEqual([unknown.status, unknown.codes.includes("countersign-unknown")], [3, true]);
  writeFileSync(join(directory, "statement.li.txt"), good);
  assert.deepEqual((await verify()).codes, ["extra-file"]);
  rmSync(join(directory, "statement.li.txt"));
  assert.equal((await verify()).status, 0);
  assert.deepEqual(
    readdirSync(root).filter((name) => name.includes(".tmp")),
    [],
  );
});

test("what does not verify is not signed", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { keys, directory, beside, sign } = await signed(t);
  writeFileSync(join(directory, FILES.env), `${readFileSync(join(directory, FILES.env), "utf8")}X=1\n`);
  const refused = await sign("li", keys.li.file);
  assert.deepEqual([refused.status, /nothing was signed/.test(refused.stderr)], [2, true]);
  assert.ok(!existsSync(beside("li")));
});

test("who dies while the signature is put beside the statement leaves evidence that still holds", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { keys, root, directory, beside, sign, verify } = await signed(t);
  const statement = readFileSync(join(directory, FILES.statement), "utf8");
  writeFileSync(join(root, "made.sig"), sshSign(keys.li, statement, EVIDENCE_NAMESPACE));
  const dies = `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
    fs.linkSync = () => process.kill(process.pid, "SIGKILL"); syncBuiltinESMExports();`;
  const argv = ["--import", `data:text/javascript,${encodeURIComponent(dies)}`, MAIN];
  const words = ["evidence", "sign", directory, "--as", "li", "--signature", "made.sig"];
  const dead = spawnSync(process.execPath, [...argv, ...words], { cwd: root, encoding: "utf8" });
  assert.equal(dead.signal, "SIGKILL", dead.stderr);
  assert.equal((await verify()).verdict, "pass");
  assert.equal((await sign("li", keys.li.file)).status, 0);
  assert.ok(existsSync(beside("li")));
});
