// A run that one person asks for at the console and another one approves there: who may, who signs, and what the evidence says.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { run as call } from "../src/cli/dispatch.ts";
import { checkApprovers } from "../src/evidence/approval/approvers.ts";
import { CONSOLE_NAMESPACE } from "../src/model/gate.ts";
import { ask, until } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";
import { RUN, servedLamps as served, strong } from "./kit/lamp-people.ts";
import { Browser, member, PASSWORD } from "./kit/people.ts";
import { worldIn } from "./kit/world.ts";
import { needs } from "./live/needs.ts";

const verify = async (book: string, evidence: string) => {
  const world = worldIn(book);
  return { code: await call(["evidence", "verify", evidence, "--book", book], world), ...world.said };
};

test("two people at the console: one asks, the other approves with two factors, and the evidence says that the server signed", async (t) => {
  const { on, book } = await served(t);
  const [ana, ben, eve] = [await member(on, "ana"), await member(on, "ben"), await member(on, "eve")];
  const begin = (who: Browser, environment: string) =>
    who.post("/api/v1/runs", { ...RUN, environment, by: "somebody" });
  assert.equal((await begin(ben, "prod")).json.code, "NOT-ALLOWED", "an approver begins nothing");
  assert.equal((await begin(eve, "prod")).json.code, "NOT-ALLOWED", "an operator of test");
  const begun = await begin(ana, "prod");
  assert.deepEqual([begun.status, begun.json.record.by], [201, "ana"], begun.text);
  const at = `/api/v1/runs/${begun.json.record.id}/actions`;
  const approve = (who: Browser, more: object = {}) =>
    who.post(at, { do: "approve", gate: "plan", by: "ben", ...more });
  await until("the question", async () => (await ana.get(at.replace("/actions", ""))).json.record.waits.length > 0);
  assert.equal((await approve(ben)).json.code, "STRONG-NEEDED");
  assert.equal((await approve(await strong(eve))).json.code, "NOT-ALLOWED", "an approver of test");
  assert.equal((await eve.post(at, { do: "cancel", reason: "no" })).json.code, "NOT-ALLOWED");
  assert.equal((await approve(await strong(ana))).json.code, "APPROVAL-REQUESTER");
  await strong(ben);
  assert.equal((await approve(ben, { gate: "colour" })).json.code, "RUN-WAITS-WHICH");
  // Whoever sends a signature of his own sends one of a key.
  const own = await approve(ben, { signature: "x", text: "watchbook console approval 1\n", via: "console" });
  assert.match(own.json.code, /^APPROVAL-/);
  assert.equal((await approve(ben)).status, 200);
  const record = await until("its evidence", async () => {
    const { record: now } = (await ana.get(at.replace("/actions", ""))).json;
    return now.evidence !== undefined && now;
  });
  assert.equal(record.state, "done");
  const verdict = await verify(book, record.evidence);
  assert.equal(verdict.code, 0, verdict.stdout + verdict.stderr);
  assert.match(verdict.stdout, /ben approved plan signed in at the console \(password\+totp\); the server signed/);
  assert.match(readFileSync(join(record.evidence, "result.md"), "utf8"), /signed in at the console \(password\+totp\)/);
  const yaml = join(book, "watchbook.yaml");
  writeFileSync(yaml, `${readFileSync(yaml, "utf8")}approvals: keys-only\n`);
  const strict = await verify(book, record.evidence);
  assert.equal(strict.code, 3);
  assert.match(strict.stdout, /counts only approvals with keys of people's own/);
  // What the console shows is the same verdict.
  const { json: shown } = await ana.get(`/api/v1/evidence/${basename(record.evidence)}/verification`);
  assert.deepEqual(
    [shown.verdict, shown.reasons.some(({ code }: { code: string }) => code === "approver-console")],
    ["inconclusive", true],
  );
  const told = (await on.daemon.house.store.audit({ action: "run.approve.approve" })).map(({ person, code }) => [
    person,
    code,
  ]);
  assert.deepEqual(told.at(0), ["ben", undefined]);
  assert.ok(told.some(([person, code]) => person === "ana" && code === "APPROVAL-REQUESTER"));
  if (!needs(t, "ssh-keygen")) return;
  // Anybody can check the server's signature with OpenSSH alone.
  const events = readFileSync(join(record.evidence, "events.jsonl"), "utf8").trimEnd().split("\n");
  const given = events.map((line) => JSON.parse(line)).find(({ type }) => type === "approval.given").data;
  const sig = join(folder(t), "sig");
  writeFileSync(sig, given.signature);
  const said = execFileSync("ssh-keygen", ["-Y", "check-novalidate", "-n", CONSOLE_NAMESPACE, "-s", sig], {
    input: given.text,
  });
  assert.match(String(said), /Good "watchbook-console-approval" signature/);
});

test("a viewer runs what only reads, in the environments of the role, and applies no change [K-001]", async (t) => {
  const { on } = await served(t, "  support: { access: { role: viewer, environments: [test] } }\n", "support");
  const support = await member(on, "support");
  const begin = (environment: string, more: object) => support.post("/api/v1/runs", { ...RUN, environment, ...more });
  assert.equal((await begin("test", {})).json.code, "NOT-ALLOWED");
  assert.equal((await begin("test", { only: ["change"] })).json.code, "NOT-ALLOWED");
  assert.equal((await begin("prod", { only: ["look"], params: {} })).json.code, "NOT-ALLOWED");
  assert.equal((await begin("test", { only: ["look"], params: {}, takeOver: true })).json.code, "NOT-ALLOWED");
  const looked = await begin("test", { only: ["look"], params: {} });
  assert.equal(looked.status, 201, looked.text);
  const at = `/api/v1/runs/${looked.json.record.id}`;
  await until("it has looked", async () => (await support.get(at)).json.record.state === "done");
  assert.equal((await support.get("/api/v1/status")).status, 200);
});

test("a role for some environments reaches no target that belongs to none, watchbook's own machine above all", async (t) => {
  const { on } = await served(t, "  support: { access: { role: viewer, environments: [test] } }\n", "support");
  const [ana, eve, support] = [await member(on, "ana"), await member(on, "eve"), await member(on, "support")];
  const begin = (who: Browser, targets: readonly string[], more: object = {}) =>
    who.post("/api/v1/runs", { ...RUN, environment: "test", targets, ...more });
  for (const targets of [["local"], ["spare"], ["lamp-1", "local"]])
    for (const [who, more] of [
      [eve, {}],
      [eve, { only: ["look"], params: {} }],
      [support, { only: ["look"], params: {} }],
    ] as const) {
      const refused = await begin(who, targets, more);
      const outside = targets.filter((name) => name !== "lamp-1").join(", ");
      assert.deepEqual([refused.status, refused.json.code], [403, "NOT-ALLOWED-TARGET"], refused.text);
      assert.equal(refused.json.args.targets, outside);
      assert.match(refused.json.say, new RegExp(`belong to none of them: ${outside}\\.`));
      assert.match(refused.json.fix, /environment:/);
    }
  // What others begin there is not theirs to steer.
  const begun = await begin(ana, ["spare"], { runbook: "SOP-02", params: {} });
  assert.equal(begun.status, 201, begun.text);
  const at = `/api/v1/runs/${begun.json.record.id}`;
  const cancel = (who: Browser, path = at) => who.post(`${path}/actions`, { do: "cancel", reason: "enough" });
  assert.equal((await cancel(eve)).json.code, "NOT-ALLOWED-TARGET");
  assert.equal((await eve.post(`${at}/actions`, { do: "reject", reason: "no" })).json.code, "NOT-ALLOWED-TARGET");
  assert.equal((await cancel(ana)).status, 200);
  // A target that is the environment's stays theirs, and a role without limits goes everywhere.
  const own = await begin(eve, ["lamp-1"], { runbook: "SOP-02", params: {} });
  assert.equal(own.status, 201, own.text);
  assert.equal((await cancel(eve, `/api/v1/runs/${own.json.record.id}`)).status, 200);
  const here = await begin(ana, ["local"], { only: ["look"], params: {} });
  assert.equal(here.status, 201, here.text);
  for (const { id } of (await ana.get("/api/v1/runs")).json.runs)
    await until("its evidence", async () => (await ana.get(`/api/v1/runs/${id}`)).json.record.evidence !== undefined);
});

test("a book that counts keys only, and a token, get no signature of the server", async (t) => {
  const { on } = await served(t, "approvals: keys-only\n");
  const [ana, ben] = [await member(on, "ana"), await strong(await member(on, "ben"))];
  const begun = (await ana.post("/api/v1/runs", { ...RUN, environment: "prod" })).json.record;
  const at = `/api/v1/runs/${begun.id}/actions`;
  assert.equal((await ben.post(at, { do: "approve" })).json.code, "APPROVAL-KEYS-ONLY");
  const { token } = (await ben.post("/api/v1/tokens", { person: "ben", scope: "write", days: 1 })).json;
  const program = new Browser(on.url);
  const asked = await program.post(at, { do: "approve" }, { authorization: `Bearer ${token}` });
  assert.equal(asked.json.code, "APPROVAL-UNSIGNED");
  // What it reads first is over before its folder goes.
  const found = `/api/v1/runs/${begun.id}`;
  await until("it waits", async () => (await ana.get(found)).json.record.state === "waiting");
});

test("whoever asked for a run does not approve it as somebody whose password they gave out since", async (t) => {
  const { on } = await served(t, "  boss: { access: administrator, roles: [ops] }\n", "boss");
  const boss = await strong(await member(on, "boss"));
  await member(on, "ben");
  const administer = async (who: Browser, person: string): Promise<Browser> => {
    const { invitation } = (await who.post(`/api/accounts/${person}/actions`, { do: "reset", reason: "lost" })).json;
    const taken = new Browser(on.url);
    const given = { person, invite: invitation.invite, password: `${PASSWORD} two` };
    assert.equal((await taken.post("/api/session/invite", given)).status, 200);
    return strong(taken);
  };
  // Before anything is asked for, an administrator may: it is how people come in.
  const early = await administer(boss, "ben");
  const begun = await boss.post("/api/v1/runs", { ...RUN, environment: "prod" });
  const at = `/api/v1/runs/${begun.json.record.id}`;
  await until("the question", async () => (await boss.get(at)).json.record.waits.length > 0);
  const approve = (who: Browser) => who.post(`${at}/actions`, { do: "approve", gate: "plan" });
  assert.equal((await approve(boss)).json.code, "APPROVAL-REQUESTER");
  const late = await administer(boss, "ben");
  assert.equal((await early.get("/api/session")).json.person, null);
  const refused = await approve(late);
  assert.deepEqual([refused.status, refused.json.code], [403, "APPROVAL-INVITED"]);
  // A new password of one's own does not wash it off.
  const fresh = { password: `${PASSWORD} two`, fresh: `${PASSWORD} three` };
  assert.equal((await late.post("/api/account/password", fresh)).status, 200);
  assert.equal((await approve(late)).json.code, "APPROVAL-INVITED");
  // Nor through somebody whom they made an administrator for it.
  const { invite } = (await boss.post("/api/accounts", { person: "deputy", administrator: true })).json;
  const deputy = new Browser(on.url);
  await deputy.post("/api/session/invite", { person: "deputy", invite, password: PASSWORD });
  await strong(deputy);
  assert.equal((await approve(await administer(deputy, "ben"))).json.code, "APPROVAL-INVITED");
  // Whom this machine's user lets in stands for themselves.
  const reset = await ask({ socket: on.socket }, "/api/accounts/ben/actions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ do: "reset" }),
  });
  const ben = new Browser(on.url);
  await ben.post("/api/session/invite", { person: "ben", invite: reset.json.invitation.invite, password: PASSWORD });
  assert.equal((await approve(await strong(ben))).status, 200);
  await until("it is over", async () => (await boss.get(at)).json.record.evidence !== undefined);
});

test("what another server signed for somebody keeps a run from passing", () => {
  const people = [{ id: "ben", name: "Ben", roles: [] }];
  const given = [
    { gate: "plan", by: "ben", roles: [], at: 1, fingerprint: "SHA256:x", key: "AAAA", console: "password+totp" },
  ];
  const { doubts } = checkApprovers({ given, people }, people, { signers: [] });
  assert.deepEqual(
    doubts.map(({ code }) => code),
    ["approver-server"],
  );
});
