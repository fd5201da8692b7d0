// What watchbook.yaml says of a runbook: parameters, steps, faults, sub-runbooks, batches.
import assert from "node:assert/strict";
import { test } from "node:test";
import { batchesOf } from "../src/engine/plan/batches.ts";
import { checkPlan } from "../src/engine/run/core/coherent.ts";
import { readConfig } from "../src/book/config/read.ts";
import type { WatchbookError } from "../src/model/error.ts";
import type { Plan } from "../src/model/plan.ts";
import { DATA, gateway } from "./kit/gateway.ts";
import { bookOf, bytes, planned } from "./kit/planning.ts";

const codes = (plan: Plan): readonly string[] => plan.missing.map(({ code }) => code);
const rejects = async (given: Promise<Plan>, code: string): Promise<void> =>
  assert.rejects(given, (error: WatchbookError) => error.code === code);

const RESTORE = `# DB

## SOP-05: Restore

\`\`\`bash
# 1. Stop
sudo systemctl stop db

# 2. Copy
cp /backup/20240101/db /srv/db

# 3. Start
sudo systemctl start db
\`\`\`
`;

test("a date of another day holds the whole block until a parameter stands for it", async (t) => {
  const bare = await planned(await bookOf(t, { "db.md": RESTORE, "watchbook.yaml": DATA }), { runbook: "SOP-05" });
  assert.deepEqual(bare.missing, [
    {
      code: "held-placeholders",
      args: { placeholders: "20240101", params: 'date: { for: "20240101" }' },
      step: "SOP-05/1",
      source: { file: "db.md", line: 5 },
    },
  ]);
  const data = `${DATA}runbooks: { SOP-05: { params: { date: { for: "20240101", pattern: '\\d{8}' } } } }\n`;
  const open = await bookOf(t, { "db.md": RESTORE, "watchbook.yaml": data });
  assert.deepEqual(codes(await planned(open, { runbook: "SOP-05" })), ["parameter"]);
  const plan = await planned(open, { runbook: "SOP-05", params: { date: "20261120" } });
  assert.deepEqual(plan.missing, []);
  assert.equal(bytes(plan.steps[1]?.command), 'cp /backup/"${WB_DATE}"/db /srv/db');
  await rejects(planned(open, { runbook: "SOP-05", params: { date: '"; rm -rf /' } }), "PARAM-WRONG");
});

test("a placeholder alone is not enough: the book must say what stands for it", async (t) => {
  const manual = "# G\n\n## SOP-01: Fetch\n\n```bash\ncurl -fsS http://127.0.0.1/<file>\n```\n";
  const open = await bookOf(t, { "g.md": manual, "watchbook.yaml": DATA });
  const plan = await planned(open, { runbook: "SOP-01", params: { file: "x" } });
  assert.deepEqual(codes(plan), ["held-placeholders"]);
});

test("values have types, choices, defaults and secrets", async (t) => {
  const spec = `  restart-the-gateway:
    steps: { 2: { skip: seen on the board } }
    params:
      count: { type: number, default: 3 }
      dry: { type: boolean, default: false }
      mode: { choices: [fast, safe], default: safe }
      token: { type: secret, default: deploy }
    environments: { prod: { params: { count: 5 } } }
`;
  const open = await bookOf(t, gateway(spec));
  const ask = { runbook: "restart-the-gateway" };
  const plan = await planned(open, ask);
  assert.deepEqual(plan.missing, []);
  assert.deepEqual(
    plan.parameters.map(({ name, value, secret }) => [name, value, secret]),
    [
      ["count", "5", false],
      ["dry", "false", false],
      ["mode", "safe", false],
      ["token", "env:DEPLOY_TOKEN", true],
    ],
  );
  assert.equal((await planned(open, { ...ask, environment: "test" })).parameters[0]?.value, "3");
  await rejects(planned(open, { ...ask, params: { count: "three" } }), "PARAM-WRONG");
  await rejects(planned(open, { ...ask, params: { dry: "yes" } }), "PARAM-WRONG");
  await rejects(planned(open, { ...ask, params: { mode: "slow" } }), "PARAM-WRONG");
  await rejects(planned(open, { ...ask, params: { token: "hunter2" } }), "PARAM-SECRET");
});

test("whoever is not this machine's user names a secret of the book, and chooses no variable or file of the daemon", async (t) => {
  const spec = `  restart-the-gateway:
    steps: { 2: { skip: seen on the board } }
    params: { token: { type: secret, default: deploy }, other: { type: secret, default: "file:/etc/other" }, note: { default: "-" } }
`;
  const open = await bookOf(t, gateway(spec));
  const ask = { runbook: "restart-the-gateway", secretsNamed: true } as const;
  const values = async (params: Readonly<Record<string, string>>) =>
    Object.fromEntries((await planned(open, { ...ask, params })).parameters.map(({ name, value }) => [name, value]));
  for (const token of ["env:PROM_TOKEN", "file:/etc/shadow", "env:HOME"])
    await rejects(planned(open, { ...ask, params: { token } }), "PARAM-SECRET-NAMED");
  // What is no reference at all is told as before, and never a secret of another name.
  await rejects(planned(open, { ...ask, params: { token: "hunter2" } }), "PARAM-SECRET");
  await rejects(planned(open, { ...ask, params: { token: "constructor" } }), "PARAM-SECRET");
  const plain = { token: "env:DEPLOY_TOKEN", other: "file:/etc/other", note: "-" };
  assert.deepEqual(await values({}), plain);
  // The default, however it is written, and any name of the book are as good as before; a text is only a text.
  assert.deepEqual(await values({ token: "env:DEPLOY_TOKEN", other: "file:/etc/other" }), plain);
  assert.deepEqual(await values({ token: "deploy", other: "deploy" }), { ...plain, other: "env:DEPLOY_TOKEN" });
  assert.deepEqual(await values({ note: "env:PROM_TOKEN" }), { ...plain, note: "env:PROM_TOKEN" });
  const mine = await planned(open, { runbook: "restart-the-gateway", params: { token: "env:PROM_TOKEN" } });
  assert.equal(mine.parameters.find(({ name }) => name === "token")?.value, "env:PROM_TOKEN");
});

test("a value that begins with a dash is no option, a variable that programs obey is no parameter", async (t) => {
  const manual = '# G\n\n## SOP-01: Show\n\n```bash {"name":"show","wb-params":"file"}\ncat <file>\n```\n';
  const open = await bookOf(t, {
    "g.md": manual,
    "watchbook.yaml": `${DATA}runbooks: { SOP-01: { params: { PATH: { default: /tmp }, file: } } }\n`,
  });
  await rejects(planned(open, { runbook: "SOP-01", params: { file: "--help" } }), "PARAM-DASH");
  assert.deepEqual(codes(await planned(open, { runbook: "SOP-01", params: { file: "a" } })), ["reserved-variable"]);
});

test("where a shell calculates, a value that it would run is refused", async (t) => {
  const manual =
    '# G\n\n## SOP-01: Scale\n\n```bash {"name":"scale","wb-params":"count"}\ngw scale $(($COUNT + 1))\n```\n';
  const open = await bookOf(t, { "g.md": manual, "watchbook.yaml": DATA });
  const of = async (count: string) => codes(await planned(open, { runbook: "SOP-01", params: { count } }));
  assert.deepEqual(await of("a[$(touch /tmp/x)]"), ["arithmetic"]);
  assert.deepEqual(await of("3"), []);
});

test("steps share no shell: a variable comes from a parameter, an output or the target", async (t) => {
  const manual = `# G

## SOP-01: Push

\`\`\`bash {"name":"tag","wb-output":"TAG"}
echo "TAG=$(git rev-parse --short HEAD)" >> "$WB_OUTPUT"
\`\`\`

\`\`\`bash {"name":"push","wb-params":"ZONE,REPO"}
docker push "$REPO/app:$TAG-$ZONE"
\`\`\`
`;
  const push = await planned(await bookOf(t, { "g.md": manual, "watchbook.yaml": DATA }), { runbook: "SOP-01" });
  assert.deepEqual(
    push.missing.map(({ args }) => args["name"]),
    ["REPO", "ZONE"],
  );
  const data = DATA.replace(/environment: prod \}/g, "environment: prod, variables: { ZONE: b } }");
  const open = await bookOf(t, { "g.md": manual, "watchbook.yaml": data });
  const plan = await planned(open, { runbook: "SOP-01", params: { repo: "r.example" } });
  assert.deepEqual(plan.missing, []);
  assert.deepEqual(
    plan.parameters.map(({ name }) => name),
    ["REPO"],
  );
  assert.deepEqual(plan.targets[0]?.env, { ZONE: "b" });
});

test("what the manual lacks stands in watchbook.yaml: steps of other kinds, verify and undo of their own", async (t) => {
  const spec = `  restart-the-gateway:
    steps:
      1: { verify: { kind: check, with: { check: tcp, port: 8080 } }, within: 30s, undo: { with: { script: "sudo systemctl start gateway" } }, declares: true }
      2: { skip: seen on the board }
    add:
      tell: { before: 1, kind: manual, title: Tell the traders }
      settle: { after: 1, kind: wait, with: { ms: 5000 } }
`;
  const plan = await planned(await bookOf(t, gateway(spec)), { runbook: "restart-the-gateway" });
  assert.deepEqual(plan.missing, []);
  assert.deepEqual(
    plan.steps.map(({ id, kind }) => [id, kind]),
    [
      ["tell", "manual"],
      ["restart-the-gateway/1", "shell"],
      ["settle", "wait"],
    ],
  );
  assert.deepEqual(
    plan.others.map(({ id, kind, risk, command }) => [id, kind, risk, command]),
    [
      ["restart-the-gateway/1.verify", "check", "read", "check tcp"],
      ["restart-the-gateway/1.undo", "shell", "write", "# bash -eu -o pipefail\nsudo systemctl start gateway"],
    ],
  );
  checkPlan(plan);
});

test("preconditions are confirmed once, before anything else, unless they are measured", async (t) => {
  const manual =
    "# DB\n\n## SOP-02: Switch\n\n- **Prerequisite**: the replica lags less than a minute\n- **Steps**:\n  1. Promote the replica\n";
  const of = async (spec: string) =>
    (await planned(await bookOf(t, { "db.md": manual, "watchbook.yaml": DATA + spec }), { runbook: "SOP-02" }))
      .steps[0];
  const asked = await of("");
  assert.deepEqual(
    [asked?.kind, asked?.scope, asked?.risk, asked?.command],
    ["manual", "run", "read", "the replica lags less than a minute"],
  );
  const measured = await of(
    "runbooks: { SOP-02: { steps: { preconditions: { kind: check, with: { check: tcp, port: 1 } } } } }\n",
  );
  assert.deepEqual([measured?.id, measured?.kind, measured?.risk], ["SOP-02/preconditions", "check", "read"]);
});

test("wrong data is missing with its reason, and unknown steps are refused with their line", async (t) => {
  const spec = (steps: string) => gateway(`  restart-the-gateway: { steps: { 2: { skip: x }, ${steps} } }\n`);
  const of = async (steps: string) => planned(await bookOf(t, spec(steps)), { runbook: "restart-the-gateway" });
  assert.deepEqual((await of("1: { kind: chek, with: {} }")).missing[0]?.args, { kind: "chek", nearest: "check" });
  assert.deepEqual(codes(await of("1: { kind: check, with: { port: x } }")), ["params"]);
  assert.deepEqual(codes(await of("1: { risk: read }")), ["risk-conflict"]);
  assert.deepEqual(codes(await of("1: { retry: { times: 2 } }")), ["retry-not-idempotent"]);
  assert.deepEqual(codes(await of("1: { kind: script, with: { file: ops/none.sh } }")), ["file"]);
  await assert.rejects(of("9: { timeout: 1m }"), (error: WatchbookError) => {
    assert.equal(error.code, "STEP-UNKNOWN");
    assert.equal(error.source?.file, "watchbook.yaml");
    return true;
  });
});

test("what no run could do is refused: two steps of one name, an end that is none, unknown targets; approvals stand on what is done", async (t) => {
  const of = async (more: string) =>
    planned(await bookOf(t, gateway(`  restart-the-gateway: { steps: { 2: { skip: x } }, ${more} }\n`)), {
      runbook: "restart-the-gateway",
    });
  await rejects(of("add: { restart-the-gateway/1: { kind: approve } }"), "STEP-TWICE");
  await rejects(of("add: { mute: { kind: approve, until: restrat } }"), "STEP-UNKNOWN");
  assert.deepEqual(codes(await of("add: { mute: { before: 1, kind: approve, until: 1 } }")), ["until-without-undo"]);
  const down = await of(
    'add: { up: { with: { script: "docker compose up -d" }, undo: { with: { script: "docker compose down" } } } }',
  );
  checkPlan(down);
  assert.deepEqual([down.steps.at(-1)?.gate?.quorum, down.others[0]?.gate], [1, undefined]);
});

test("the declared fault stands right before its step and ends with it", async (t) => {
  const spec = "  SOP-01: { faults: { crash: { kind: kill, unit: gateway, step: gw-restart, limit: 2m } } }\n";
  const open = await bookOf(t, gateway(spec));
  const ask = { runbook: "SOP-01", params: { version: "1" } };
  const plan = await planned(open, { ...ask, injectFault: "gw-restart" });
  assert.deepEqual(plan.missing, []);
  assert.deepEqual(
    plan.steps.map(({ id }) => id),
    ["gw-version", "gw-fetch", "fault_injection", "gw-restart"],
  );
  const fault = plan.steps[2];
  assert.deepEqual(
    [fault?.kind, fault?.risk, fault?.until, fault?.command],
    ["fault", "destructive", "gw-restart", "fault kill: kill -9 gateway"],
  );
  assert.ok(plan.others.some(({ id, kind }) => id === fault?.undo && kind === "fault"));
  checkPlan(plan);
  assert.notEqual(plan.digest, (await planned(open, ask)).digest);
  const elsewhere = await planned(open, { ...ask, injectFault: "gw-fetch" });
  assert.deepEqual(
    elsewhere.missing.map(({ code, args }) => [code, args["faults"]]),
    [["fault", "crash"]],
  );
  await rejects(planned(open, { ...ask, injectFault: "gw-restrat" }), "STEP-UNKNOWN");
});

test("a sub-runbook becomes its steps; a circle is refused", async (t) => {
  const spec = `  SOP-01: { add: { first: { before: gw-version, kind: runbook, with: { runbook: restart-the-gateway } } } }
  restart-the-gateway: { steps: { 2: { timeout: 10s } } }
`;
  const plan = await planned(await bookOf(t, gateway(spec)), { runbook: "SOP-01", params: { version: "1" } });
  assert.deepEqual(
    plan.steps.map(({ id }) => id),
    ["first/1", "first/2", "gw-version", "gw-fetch", "gw-restart"],
  );
  assert.deepEqual(plan.missing, []);
  checkPlan(plan);
  const again = "{ 2: { timeout: 10s }, 1: { kind: runbook, with: { runbook: SOP-01 } } }";
  const circle = spec.replace("{ 2: { timeout: 10s } }", again);
  await rejects(planned(await bookOf(t, gateway(circle)), { runbook: "SOP-01" }), "RUNBOOK-CYCLE");
});

test("a rollback beside the upgrade undoes it as a whole, and must be executable [S-076]", async (t) => {
  const manual = (back: string) =>
    `# Node\n\n### Upgrade\n\n\`\`\`bash\n# 1. Stop\nsudo systemctl stop node\n# 2. Update\nsudo apt-get install -y node\n\`\`\`\n\n### Rollback\n\n\`\`\`bash\n# 1. Stop\nsudo systemctl stop node\n# 2. Back\n${back}\n\`\`\`\n`;
  const good = await planned(
    await bookOf(t, { "n.md": manual("sudo apt-get install -y node=1.0.0"), "watchbook.yaml": DATA }),
    { runbook: "upgrade" },
  );
  assert.deepEqual(good.missing, []);
  assert.deepEqual(
    good.others.map(({ id, command }) => [id, bytes(command)]),
    [["rollback", "sudo systemctl stop node\nsudo apt-get install -y node=1.0.0"]],
  );
  assert.deepEqual(
    good.steps.map(({ undo, onFail }) => [undo, onFail]),
    [
      ["rollback", "ask"],
      [undefined, "ask"],
    ],
  );
  const files = { "n.md": manual("cp /backup/20240101/node /usr/bin/node"), "watchbook.yaml": DATA };
  assert.deepEqual(codes(await planned(await bookOf(t, files), { runbook: "upgrade" })), ["rollback-not-executable"]);
  const without = { ...files, "watchbook.yaml": `${DATA}runbooks: { upgrade: { undo: false } }\n` };
  assert.deepEqual(codes(await planned(await bookOf(t, without), { runbook: "upgrade" })), []);
});

test("batches: numbers, parts rounded up, one first; every target in exactly one", () => {
  const names = Array.from({ length: 10 }, (_, index) => `t${index}`);
  const sizes = (...given: Parameters<typeof batchesOf>[1]) => batchesOf(names, given).map((batch) => batch.length);
  assert.deepEqual(sizes({ count: 1 }, { part: 0.25 }, { part: 1 }), [1, 3, 6]);
  assert.deepEqual(sizes({ count: 4 }), [4, 4, 2]);
  assert.deepEqual(
    sizes({ part: 0.01 }),
    Array.from({ length: 10 }, () => 1),
  );
  assert.deepEqual(sizes({ part: 0.3 }), [3, 3, 3, 1]);
  assert.deepEqual(batchesOf([], [{ part: 1 }]), []);
  assert.deepEqual(batchesOf(names, [{ count: 3 }]).flat(), names);
});

test("errors of runbooks: in watchbook.yaml name file, line, key and the nearest spelling", () => {
  const { findings } = readConfig(
    "watchbook.yaml",
    "runbooks:\n  SOP-01:\n    steps:\n      gw: { timeot: 3s }\n    faults:\n      a: {}\n",
  );
  assert.deepEqual(
    findings.map(({ code, source, args }) => [code, source.line, args["key"], args["nearest"]]),
    [
      ["WB031", 4, "runbooks.SOP-01.steps.gw.timeot", "timeout"],
      ["WB033", 6, "runbooks.SOP-01.faults.a.kind", undefined],
    ],
  );
});
