// What watchbook.yaml says of drills, as a plan has it: steps around the fault, guards, hours, approval, and what is refused.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { objectiveConflict } from "../src/book/lint/rules/objective-conflict.ts";
import { objectivesFor } from "../src/engine/plan/objectives.ts";
import { plan } from "../src/engine/plan/plan.ts";
import { mustBeQuiet } from "../src/engine/plan/sessions.ts";
import { registry } from "../src/kinds/registry.ts";
import { WatchbookError } from "../src/model/error.ts";
import type { LintContext } from "../src/model/book.ts";
import type { PlanRequest } from "../src/model/plan.ts";
import { bookOf } from "./kit/planning.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDnzMhJ6tKjE6Xo6H0H9ck1Zr3m0fWUQdyGbhLjBT5Yh";
const SINGLE = `lang: en
zone: UTC
environments: { test: {}, prod: {} }
services: { web: { automation: auto } }
people: { ana: { key: "${KEY}", roles: [ops] } }
targets:
  here: { kind: local, environment: test }
  there: { kind: local, environment: prod }
  other: { kind: local, environment: prod }
checks:
  up: { kind: http, params: { url: "http://127.0.0.1:1/" } }
  disk: { kind: disk, params: { path: / }, target: other }
drills:
  web-dies:
    steady: [up]
    guards: [disk]
    every: 2s
    detect: { check: up, every: 500ms }
    fault: { kind: kill, unit: web, targets: [here] }
    recover: { restart: { kind: shell, with: { script: systemctl restart web } } }
`;

const book = (t: TestContext, more = "", yaml = SINGLE) =>
  bookOf(t, { "README.md": "# M\n", "watchbook.yaml": yaml + more });

async function drilled(t: TestContext, more: string, request: Partial<PlanRequest> = {}, yaml = SINGLE) {
  const open = await book(t, more, yaml);
  return plan(open, registry, { runbook: "web-dies", environment: "test", params: {}, drill: true, ...request });
}

const codesOf = ({ missing }: { readonly missing: readonly { readonly code: string }[] }) =>
  missing.map(({ code }) => code);

const WINDOW = `    window: "02:00-05:00"\n    approval: { roles: [ops], quorum: 1 }\n`;

/** The refusal at a moment, or `allowed`. */
function at(made: Parameters<typeof mustBeQuiet>[0], moment: string): string {
  try {
    mustBeQuiet(made, Date.parse(moment));
    return "allowed";
  } catch (error) {
    assert.ok(error instanceof WatchbookError);
    assert.equal(error.exit, 2);
    return error.code;
  }
}

test("a drill with a fault of its own is a runbook: steady, fault, noticed, put right, steady again", async (t) => {
  const made = await drilled(t, "");
  assert.deepEqual(made.missing, []);
  assert.deepEqual(
    made.steps.map(({ id, kind }) => `${id} ${kind}`),
    ["steady-before steady", "fault_injection fault", "noticed detect", "restart shell", "steady-after steady"],
  );
  const [, fault, noticed, , after] = made.steps;
  assert.deepEqual([fault!.until, fault!.onFail, fault!.outputs], ["restart", "undo", ["FAULT_AT_NS"]]);
  assert.deepEqual([noticed!.onFail, after!.outputs], ["continue", ["RTO_SECONDS"]]);
  const { guards, places } = made.drill!;
  assert.deepEqual(
    [guards!.everyMs, guards!.until, guards!.checks.map(({ id }) => id)],
    [2_000, "fault_injection", ["disk"]],
  );
  assert.deepEqual(
    places!.map(({ name }) => name),
    ["other"],
    "a guard looks from outside of the fault's own target",
  );
});

test("without steps that put it right the fault stays for its time, and a guard breaks the drill off to its end", async (t) => {
  const bare = SINGLE.replace(/ {4}recover: .*\n/, "    lasts: 3s\n");
  const made = await drilled(t, "", {}, bare);
  const stands = made.steps.find(({ id }) => id === "fault_stands");
  assert.deepEqual([stands?.kind, stands?.params, made.drill!.guards!.until], ["wait", { ms: 3_000 }, undefined]);
});

test("in a protected environment a drill needs an approval and hours; a reason takes the place of hours", async (t) => {
  const there = SINGLE.replace("targets: [here]", "targets: [there]");
  const bare = await drilled(t, "", { environment: "prod" }, there);
  assert.deepEqual(codesOf(bare), ["drill-window"]);
  assert.deepEqual(bare.gate, { roles: [], quorum: 1, expiresMs: 86_400_000, requesterMay: false });
  const hours = await drilled(t, WINDOW, { environment: "prod" }, there);
  assert.deepEqual([codesOf(hours), hours.gate?.roles], [[], ["ops"]]);
  assert.deepEqual(
    ["2026-11-21T01:59:00Z", "2026-11-21T02:00:00Z", "2026-11-21T05:00:00Z"].map((moment) => at(hours, moment)),
    ["DRILL-OUTSIDE-WINDOW", "allowed", "DRILL-OUTSIDE-WINDOW"],
  );
  const none = `${WINDOW}runbooks: { web-dies: { approval: false } }\n`;
  assert.equal(
    (await drilled(t, none, { environment: "prod" }, there)).gate?.quorum,
    1,
    "nobody breaks production alone",
  );
  const outside = await drilled(t, WINDOW, { environment: "prod", outsideWindow: "the audit is today" }, there);
  assert.equal(at(outside, "2026-11-21T12:00:00Z"), "allowed");
  assert.equal(outside.drill!.outsideWindow, "the audit is today");
  assert.notEqual(outside.digest, hours.digest, "whoever approves sees that it is outside of its hours");
});

test("hours and approvals are for what can be felt in production: not elsewhere, and not for a run that is no drill", async (t) => {
  const made = await drilled(t, WINDOW);
  assert.deepEqual(
    [made.drill!.window, made.gate, at(made, "2026-11-21T12:00:00Z")],
    [undefined, undefined, "allowed"],
  );
});

test("in a change freeze and during an incident no drill begins and no fault is injected", async (t) => {
  const freezes = `freezes:
  gala: { from: 2026-11-20, to: 2026-11-22, reason: sale }
  inc: { from: "2026-11-25 08:00", reason: orders are slow, incident: INC-12, environments: [test] }
  far: { from: 2026-11-01, reason: prod only, environments: [prod] }
`;
  const made = await drilled(t, freezes);
  assert.deepEqual(
    ["2026-11-19T12:00Z", "2026-11-22T23:59Z", "2026-11-23T00:00Z", "2026-11-25T08:00Z"].map((moment) =>
      at(made, moment),
    ),
    ["allowed", "DRILL-FROZEN", "allowed", "DRILL-INCIDENT"],
  );
  const run = await drilled(t, freezes, { drill: false }, SINGLE);
  assert.equal(at(run, "2026-11-21T12:00Z"), "DRILL-FROZEN", "it injects a fault");
});

test("what a drill names and the book does not have, and what cannot be, is refused with its line", async (t) => {
  const line = async (from: string | RegExp, to: string): Promise<unknown> =>
    book(t, "", SINGLE.replace(from, to)).then(
      () => "accepted",
      (error: unknown) => error instanceof WatchbookError && `${error.code} ${String(error.args["line"])}`,
    );
  assert.equal(await line("guards: [disk]", "guards: [disc]"), "BOOK-CONFIG-WRONG 16");
  assert.equal(await line("check: up, every", "check: upp, every"), "BOOK-CONFIG-WRONG 18");
  const nothing = await line(/ {4}fault: .*\n/, "");
  assert.match(String(nothing), /^BOOK-CONFIG-WRONG/, "steps that put right what nothing breaks");
  assert.equal(
    await line("zone: UTC", "zone: UTC\nfreezes: { g: { from: 2026-02-30, reason: r } }"),
    "BOOK-CONFIG-WRONG 3",
  );
  const backwards = "zone: UTC\nfreezes: { g: { from: 2026-02-03, to: 2026-02-01, reason: r } }";
  assert.equal(await line("zone: UTC", backwards), "BOOK-CONFIG-WRONG 3");
});

test("every kind of fault can be drilled by itself: a certificate, a full disk, a clock, a cut network, a port, a process", async (t) => {
  const faults = {
    clock: "kind: clock, file: /run/offset, offset: +90d, pidFile: /run/web.pid",
    cut: "kind: cut, addresses: [10.0.0.9], probe: { host: 10.0.0.9, port: 5432 }",
    "disk-full": "kind: disk-full, directory: /srv/data",
    "expired-certificate": "kind: expired-certificate, certificate: /etc/web.pem, key: /etc/web.key, port: 443",
    kill: "kind: kill, unit: web",
    latency: "kind: latency, port: 8080, delay: 2s",
    refuse: "kind: refuse, port: 8080",
    stop: "kind: stop, unit: web",
  };
  const wrong = async (fault: string): Promise<readonly string[]> =>
    codesOf(await drilled(t, "", {}, SINGLE.replace(/ {4}fault: .*\n/, `    fault: { ${fault}, targets: [here] }\n`)));
  assert.deepEqual(await wrong("kind: disk-full, path: /srv/data"), ["params"]);
  assert.deepEqual(await wrong("kind: quake"), ["fault-kind"]);
  for (const [kind, fault] of Object.entries(faults)) {
    const made = await drilled(
      t,
      "",
      {},
      SINGLE.replace(/ {4}fault: .*\n/, `    fault: { ${fault}, targets: [here] }\n`),
    );
    assert.deepEqual(made.missing, [], kind);
    assert.match(made.steps.find(({ id }) => id === "fault_injection")?.command ?? "", new RegExp(`^fault ${kind}: `));
  }
});

const CLUSTER = `clusters:
  orders:
    kind: postgres
    members: { pg1: { target: here, with: { host: 10.0.0.1 } }, pg2: { target: here, with: { host: 10.0.0.2 } } }
    with: { data: /srv/pg, address: { host: 10.0.0.5, user: drill } }
`;

test("in a failover drill nothing is done before it was noticed; from its fault on it goes to its end", async (t) => {
  const rules = `  failover-orders: { steady: [up], guards: [disk], detect: up }\n  switchover-orders: { guards: [disk], detect: up }\n`;
  const made = await drilled(t, rules + CLUSTER, { runbook: "failover-orders" });
  assert.deepEqual(made.missing, []);
  const ids = made.steps.map(({ id }) => id);
  const at = ids.indexOf("fault_injection");
  assert.deepEqual(
    [ids[0], ids.slice(at, at + 3), ids.at(-1)],
    ["steady-before", ["fault_injection", "noticed", "fence"], "steady-after"],
  );
  assert.equal(made.drill!.guards!.until, "fault_injection");
  const order = await drilled(t, rules + CLUSTER, { runbook: "switchover-orders" });
  assert.deepEqual(
    [order.steps.some(({ kind }) => kind === "detect"), order.drill!.guards!.until],
    [false, "demote"],
    "a change in order is nobody's fault",
  );
});

test("a drill of its own takes no runbook of the manual away", async (t) => {
  const open = await bookOf(t, {
    "README.md":
      "# M\n\n## SOP-01 Restart the web server\n\n1. Restart\n\n   ```bash\n   systemctl restart web\n   ```\n",
    "watchbook.yaml": SINGLE.replace("web-dies:", "SOP-01:"),
  });
  const ids = open.book.runbooks.map(({ id }) => id);
  assert.ok(ids.some((id) => id.startsWith("SOP-01")) && ids.includes("drill-SOP-01"), ids.join());
  const request = { runbook: "drill-SOP-01", environment: "test", params: {}, drill: true };
  assert.equal((await plan(open, registry, request)).steps[0]?.id, "steady-before");
});

test("what running text promises inside a procedure holds for that one alone; outside of all it holds for all", async (t) => {
  const sop = (number: string, title: string, text: string): string =>
    `### SOP-${number}: ${title}\n\n${text}\n\n\`\`\`bash\nsystemctl restart web\n\`\`\`\n\n`;
  const manual = `# Manual\n\n## Recovery\n\nRPO < 15 minutes.\n\n${sop("01", "Restore the shop", "RTO < 1 hour.")}${sop("02", "Restore the ledger", "RTO < 4 hours.")}`;
  const open = await bookOf(t, { "README.md": manual, "watchbook.yaml": SINGLE });
  const promised = (number: string) => {
    const runbook = open.book.runbooks.find((one) => one.number === number)!;
    return objectivesFor(open.book, runbook, undefined).map(({ name, value }) => `${name} ${value}`);
  };
  assert.deepEqual(promised("SOP-01"), ["rpo 900", "rto 3600"]);
  assert.deepEqual(promised("SOP-02"), ["rpo 900", "rto 14400"]);
  const other = open.book.runbooks.find(({ id }) => id === "web-dies")!;
  assert.deepEqual(
    objectivesFor(open.book, other, undefined).map(({ name }) => name),
    ["rpo"],
  );
  const said = [...open.book.findings, ...(await objectiveConflict.run(open.book, {} as LintContext))];
  assert.deepEqual(
    said.filter(({ code }) => code === "WB235" || code === "WB606"),
    [],
  );
  const twice = manual.replace("RTO < 4 hours.", "RTO < 4 hours. Later: RTO < 5 hours.\n\nRTO < 6 hours.");
  const { book: torn } = await bookOf(t, { "README.md": twice, "watchbook.yaml": SINGLE });
  assert.ok(torn.findings.some(({ code, args }) => code === "WB235" && args["name"] === "rto"));
});
