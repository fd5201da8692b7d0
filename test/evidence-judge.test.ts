// Who may agree to what: every refusal, each with a signature of a real key.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { signText } from "../src/cli/sign-text.ts";
import { judgeApproval, type Approver, type Question } from "../src/evidence/approval/judge.ts";
import { allowedSigners } from "../src/evidence/approval/recipe.ts";
import { WatchbookError } from "../src/model/error.ts";
import { APPROVAL_NAMESPACE, approvalText, type Approval } from "../src/model/gate.ts";
import { folder } from "./kit/folder.ts";
import { gateOf } from "./kit/plan.ts";
import { sshKey, sshSign, sshVerifies, tokenEd25519, type SshKey } from "./kit/ssh-keys.ts";
import { until } from "./kit/wb.ts";
import { needs } from "./live/needs.ts";

const DIGEST = `sha256:${"1".repeat(64)}`;
const NOW = 1_000_000;

const question: Question = {
  run: "r1",
  gate: "plan",
  digest: DIGEST,
  of: gateOf({ roles: ["lead"] }),
  requester: "li",
  expires: NOW + 1000,
  agreed: [],
};

/** Four people with keys of their own, and what they would sign. */
function book(t: TestContext) {
  const place = folder(t);
  const keys: Record<string, SshKey> = Object.fromEntries(
    ["li", "wang", "zhao", "sun"].map((id) => [id, sshKey(place, id)]),
  );
  const person = (id: string, roles: readonly string[]): Approver => ({ id, name: id, roles, key: keys[id]!.line });
  const people = [person("li", ["lead"]), person("wang", ["lead"]), person("zhao", ["dev"]), person("sun", ["lead"])];
  const yes = (id: string, more: Partial<Parameters<typeof approvalText>[0]> = {}): Approval => {
    const text = approvalText({ run: "r1", gate: "plan", digest: DIGEST, person: id, ...more });
    return { gate: "plan", by: id, text, signature: sshSign(keys[id]!, text) };
  };
  return { place, keys, people, yes };
}

const code = (...given: Parameters<typeof judgeApproval>): string => {
  const judged = judgeApproval(...given);
  return judged.ok ? "ok" : judged.code;
};

test("a person of the right role agrees once; a stranger, the requester and another role do not", (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { people, yes } = book(t);
  assert.equal(code(question, people, yes("wang"), NOW), "ok");
  assert.equal(code(question, people, { ...yes("wang"), by: "nobody" }, NOW), "stranger");
  assert.equal(code(question, people, yes("li"), NOW), "requester");
  assert.equal(code({ ...question, of: gateOf({ requesterMay: true }) }, people, yes("li"), NOW), "ok");
  assert.equal(code(question, people, yes("zhao"), NOW), "role");
  assert.equal(code({ ...question, of: gateOf() }, people, yes("zhao"), NOW), "ok");
  assert.equal(code({ ...question, agreed: ["wang"] }, people, yes("wang"), NOW), "twice");
  assert.equal(code({ ...question, agreed: ["wang"] }, people, yes("sun"), NOW), "ok");
});

test("one key under two names counts once, and does not let the requester agree under another name", (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { people, keys, yes } = book(t);
  const same = people.map((one) => (one.id === "sun" ? { ...one, key: keys["wang"]!.line } : one));
  const text = approvalText({ run: "r1", gate: "plan", digest: DIGEST, person: "sun" });
  const given = { gate: "plan", by: "sun", text, signature: sshSign(keys["wang"]!, text) };
  assert.equal(code({ ...question, agreed: ["wang"] }, same, given, NOW), "same-key");
  assert.equal(code(question, same, given, NOW), "ok");
  const requesters = people.map((one) => (one.id === "sun" ? { ...one, key: keys["li"]!.line } : one));
  const hidden = { ...given, signature: sshSign(keys["li"]!, text) };
  assert.equal(code(question, requesters, hidden, NOW), "same-key");
  assert.equal(code(question, people, yes("sun"), NOW), "ok");
});

test("a signature for another run, gate, plan or person, with another key, or too late, is refused", (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { people, keys, yes } = book(t);
  for (const more of [{ run: "r2" }, { gate: "drop" }, { digest: `sha256:${"2".repeat(64)}` }, { person: "sun" }])
    assert.equal(code(question, people, { ...yes("wang", more), by: "wang" }, NOW), "other", JSON.stringify(more));
  assert.equal(code(question, people, yes("wang"), question.expires), "expired");
  assert.equal(code(question, people, { ...yes("wang"), text: "yes\n" }, NOW), "text");
  const { text } = yes("wang");
  assert.equal(code(question, people, { ...yes("wang"), signature: sshSign(keys["sun"]!, text) }, NOW), "other-key");
  assert.equal(code(question, people, { ...yes("wang"), signature: "" }, NOW), "signature-malformed");
  assert.equal(
    code(question, people, { ...yes("wang"), signature: yes("wang", { run: "r2" }).signature }, NOW),
    "signature-wrong",
  );
  assert.equal(
    code(question, people, { ...yes("wang"), signature: sshSign(keys["wang"]!, text, "git") }, NOW),
    "signature-namespace",
  );
});

test("people without a key, or with a line that is none, cannot agree; a hardware key must be touched", (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { people, yes } = book(t);
  const without = people.map(({ id, name, roles }) => ({ id, name, roles }));
  assert.equal(code(question, without, yes("wang"), NOW), "no-key");
  assert.equal(
    code(
      question,
      people.map((one) => ({ ...one, key: "ssh-ed25519 AAAA" })),
      yes("wang"),
      NOW,
    ),
    "no-key",
  );
  const token = tokenEd25519();
  const held = [{ id: "wang", name: "Wang", roles: ["lead"], key: token.line }];
  const text = approvalText({ run: "r1", gate: "plan", digest: DIGEST, person: "wang" });
  const given = (flags: number): Approval => ({ gate: "plan", by: "wang", text, signature: token.sign(text, flags) });
  assert.equal(code(question, held, given(1), NOW), "ok");
  assert.equal(code(question, held, given(0), NOW), "signature-untouched");
});

test("whoever has the book's people verifies an approval with ssh-keygen alone", (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { place, people, yes } = book(t);
  const signers = allowedSigners([...people, { id: "new one", name: "", roles: [] }]);
  assert.equal(signers.split("\n").length, 5);
  const { text, signature } = yes("wang");
  assert.ok(sshVerifies(place, signers, "wang", text, signature));
  assert.ok(!sshVerifies(place, signers, "sun", text, signature));
  assert.ok(!sshVerifies(place, signers, "wang", text.replace("r1", "r2"), signature));
});

test("signing at the terminal: a key file, or the agent by the person's public key; nothing is left behind", async (t) => {
  if (!needs(t, "ssh-keygen", "ssh-agent", "ssh-add")) return;
  const { place, people, keys } = book(t);
  const text = approvalText({ run: "r1", gate: "plan", digest: DIGEST, person: "wang" });
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith("watchbook-sign-"));
  const before = left();
  const env = { PATH: process.env["PATH"], HOME: place };
  const given = (signature: string): Approval => ({ gate: "plan", by: "wang", text, signature });
  const signed = await signText({ cwd: place, env }, text, { file: "wang" }, APPROVAL_NAMESPACE);
  assert.equal(code(question, people, given(signed), NOW), "ok");
  const socket = join(place, "agent");
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
  t.after(() => void agent.kill());
  await until("the agent listens", 10, () => existsSync(socket));
  execFileSync("ssh-add", ["-q", keys["wang"]!.file], {
    env: { ...env, SSH_AUTH_SOCK: socket },
    stdio: "ignore",
  });
  const line = people.find(({ id }) => id === "wang")!.key!;
  const byAgent = await signText(
    { cwd: place, env: { ...env, SSH_AUTH_SOCK: socket } },
    text,
    { line },
    APPROVAL_NAMESPACE,
  );
  assert.equal(code(question, people, given(byAgent), NOW), "ok");
  const refused = (key: object, more: object = {}) =>
    signText({ cwd: place, env: { ...env, ...more } }, text, key, APPROVAL_NAMESPACE);
  const byCode = (wanted: string) => (error: unknown) => error instanceof WatchbookError && error.code === wanted;
  await assert.rejects(refused({ file: "nobody" }), byCode("FILE-NOT-FOUND"));
  await assert.rejects(refused({ line }), byCode("APPROVAL-NOT-SIGNED"));
  await assert.rejects(refused({}), byCode("APPROVAL-WHICH-KEY"));
  await assert.rejects(refused({ file: "wang" }, { PATH: place }), byCode("APPROVAL-NO-PROGRAM"));
  assert.deepEqual(left(), before);
});
