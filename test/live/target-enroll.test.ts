// The verb `target enroll` against a real sshd: nothing is trusted before somebody has compared the fingerprint.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cli } from "../kit/cli.ts";
import { sshd } from "../kit/sshd.ts";
import { needs } from "./needs.ts";

test("a host's key is written only once its fingerprint was given, and another one is refused", async (t) => {
  if (!needs(t, "sshd", "ssh")) return;
  const server = await sshd(t);
  const { root, params } = server;
  const known = join(root, "known_hosts");
  const line = readFileSync(known, "utf8");
  rmSync(known);
  writeFileSync(join(root, "README.md"), "# Manual\n");
  writeFileSync(
    join(root, "watchbook.yaml"),
    `lang: en\ntargets:\n  web: ${JSON.stringify({ ...params, kind: "ssh" })}\n`,
  );
  const fingerprint = /SHA256:\S+/.exec(
    execFileSync("ssh-keygen", ["-lf", "-"], { input: line, encoding: "utf8" }),
  )![0];
  const enroll = (...more: readonly string[]) => cli(t, ["target", "enroll", ...more], root);

  const shown = await enroll("web");
  assert.equal(shown.code, 5, shown.err);
  assert.ok(shown.err.includes(fingerprint), shown.err);
  assert.ok(!existsSync(known));
  const other = await enroll("web", "--fingerprint", `SHA256:${"A".repeat(43)}`);
  assert.equal(other.code, 3, other.err);
  assert.ok(!existsSync(known));
  const agreed = await enroll("web", "--fingerprint", fingerprint, "--json");
  assert.equal(agreed.code, 0, agreed.err);
  assert.deepEqual(JSON.parse(agreed.out).written, true);
  assert.ok(readFileSync(known, "utf8").includes(line.split(" ")[2]!.trim()));
  assert.equal((await enroll("web")).code, 0);
  const unknown = await enroll("wep");
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /perhaps: web/);
});
