// From a runbook of the book to a plan: steps, targets, batches, approvals, and what is missing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { planView } from "../src/engine/plan/view.ts";
import { checkPlan } from "../src/engine/run/core/coherent.ts";
import type { WatchbookError } from "../src/model/error.ts";
import type { Plan } from "../src/model/plan.ts";
import { gateway, DATA } from "./kit/gateway.ts";
import { bookOf, bytes, planned } from "./kit/planning.ts";

const codes = (plan: Plan): readonly string[] => plan.missing.map(({ code }) => code);
const refused =
  (code: string, args: Readonly<Record<string, unknown>> = {}) =>
  (error: WatchbookError): boolean => {
    assert.equal(error.code, code);
    for (const [name, value] of Object.entries(args)) assert.equal(error.args[name], value, name);
    return true;
  };

test("the same SOP gives the same steps, each with verify, undo, limit and bytes", async (t) => {
  const open = await bookOf(t, gateway());
  const plan = await planned(open, { runbook: "SOP-01", params: { version: "1.2.3" } });
  assert.deepEqual(plan.missing, []);
  assert.deepEqual(
    plan.steps.map(({ id, risk, sudo, timeoutMs, verify, undo, within, onFail }) => [
      id,
      risk,
      sudo,
      timeoutMs,
      verify,
      undo,
      within,
      onFail,
    ]),
    [
      ["gw-version", "read", false, 60_000, undefined, undefined, 0, "stop"],
      ["gw-fetch", "write", false, 120_000, undefined, undefined, 0, "stop"],
      ["gw-restart", "write", true, 600_000, "gw-health", "gw-previous", 60, "ask"],
    ],
  );
  assert.deepEqual(
    plan.others.map(({ id }) => id),
    ["gw-health", "gw-previous"],
  );
  assert.equal(
    bytes(plan.steps[1]?.command),
    'curl -fsSo /srv/gw/"${WB_VERSION}".tgz http://127.0.0.1:9/"${WB_VERSION}".tgz',
  );
  assert.deepEqual(plan.parameters, [{ name: "WB_VERSION", value: "1.2.3", secret: false, type: "text" }]);
  assert.equal(plan.steps[1]?.banner, "Sessions break for ten seconds.");
  checkPlan(plan);
  const again = await planned(open, { runbook: "sop-01: upgrade the gateway", params: { version: "1.2.3" } });
  assert.deepEqual(again.steps, plan.steps);
  assert.equal(again.digest, plan.digest);
});

test("the view has what the command line promises", async (t) => {
  const view = planView(await planned(await bookOf(t, gateway()), { runbook: "SOP-01", params: { version: "1" } }));
  assert.equal(view.env, "prod");
  assert.match(view.planDigest, /^sha256:[0-9a-f]{64}$/);
  assert.deepEqual(view.summary, { read: 1, write: 2, destructive: 0, unknown: 0, targets: 3 });
  const last = view.steps.at(-1);
  assert.equal(bytes(last?.verify), "curl -fsS http://127.0.0.1:8080/health");
  assert.equal(
    bytes(last?.undo),
    "sudo ln -sfn /opt/gateway/releases/previous /opt/gateway/current\nsudo systemctl restart gateway",
  );
  assert.deepEqual(last?.targets, ["gw-1", "gw-2", "gw-3"]);
});

test("targets are those of the environment, one first when something changes; a lock is target and service", async (t) => {
  const open = await bookOf(t, gateway());
  const plan = await planned(open, { runbook: "SOP-01", params: { version: "1" } });
  assert.deepEqual(
    plan.targets.map(({ name, lock }) => [name, lock]),
    [
      ["gw-1", "gw-1/gateway"],
      ["gw-2", "gw-2/gateway"],
      ["gw-3", "gw-3/gateway"],
    ],
  );
  assert.deepEqual(plan.batches, [["gw-1"], ["gw-2", "gw-3"]]);
  const some = await planned(open, { runbook: "SOP-01", params: { version: "1" }, targets: ["loose", "gw-2"] });
  assert.deepEqual(some.batches, [["gw-2"], ["loose"]]);
});

test("an empty set of targets is missing, never all of them", async (t) => {
  const data = DATA.replace(/environment: prod/g, "environment: test");
  const plan = await planned(await bookOf(t, gateway("", data)), { runbook: "SOP-01", params: { version: "1" } });
  assert.deepEqual([plan.targets, plan.batches, codes(plan)], [[], [], ["targets"]]);
});

test("names that do not exist are refused with the nearest, and so is what is named twice or lies elsewhere", async (t) => {
  const open = await bookOf(t, gateway("  SOP-01: { targets: [gw-1, gw-2] }\n"));
  const ask = { runbook: "SOP-01", params: { version: "1" } };
  await assert.rejects(planned(open, { runbook: "SOP-10" }), refused("RUNBOOK-UNKNOWN", { nearest: "SOP-01" }));
  await assert.rejects(
    planned(open, { ...ask, environment: "prd" }),
    refused("ENVIRONMENT-UNKNOWN", { nearest: "prod" }),
  );
  await assert.rejects(planned(open, { ...ask, targets: ["gw1"] }), refused("TARGET-UNKNOWN", { nearest: "gw-1" }));
  await assert.rejects(planned(open, { ...ask, targets: ["gw-1", "gw-1"] }), refused("TARGET-TWICE", { name: "gw-1" }));
  await assert.rejects(planned(open, { ...ask, targets: ["t-1"] }), refused("TARGET-ELSEWHERE", { theirs: "test" }));
  await assert.rejects(
    planned(open, { ...ask, targets: ["gw-3"] }),
    refused("TARGET-NOT-ALLOWED", { targets: "gw-1, gw-2" }),
  );
  await assert.rejects(
    planned(open, { ...ask, only: ["gw-restrat"] }),
    refused("STEP-UNKNOWN", { nearest: "gw-restart" }),
  );
  await assert.rejects(
    planned(open, { ...ask, params: { verison: "1" } }),
    refused("PARAM-UNKNOWN", { nearest: "version" }),
  );
});

test("only the steps that are named are done, with what verifies and undoes them", async (t) => {
  const plan = await planned(await bookOf(t, gateway()), {
    runbook: "SOP-01",
    only: ["gw-restart"],
    params: { version: "1" },
  }).catch((error: unknown) => error as WatchbookError);
  assert.ok("code" in plan && plan.code === "PARAM-UNKNOWN", "a value that no step uses is no parameter");
  const one = await planned(await bookOf(t, gateway()), { runbook: "SOP-01", only: ["gw-restart"] });
  assert.deepEqual(
    [one.steps.map(({ id }) => id), one.others.map(({ id }) => id)],
    [["gw-restart"], ["gw-health", "gw-previous"]],
  );
  assert.deepEqual(one.missing, []);
});

test("what never ends needs a time box [S-029]", async (t) => {
  const bare = await planned(await bookOf(t, gateway()), { runbook: "restart-the-gateway" });
  assert.deepEqual(bare.missing, [
    { code: "never-ends", args: {}, step: "restart-the-gateway/2", source: { file: "gateway.md", line: 40 } },
  ]);
  const open = await bookOf(t, gateway("  restart-the-gateway: { steps: { 2: { timeout: 20s } } }\n"));
  const boxed = await planned(open, { runbook: "restart-the-gateway" });
  assert.deepEqual(boxed.missing, []);
  assert.equal(
    bytes(boxed.steps[1]?.command),
    "timeout 20 bash -euo pipefail -c 'journalctl -u gateway -f' || [ $? -eq 124 ]",
  );
  assert.equal(boxed.steps[1]?.timeoutMs, 50_000);
});

test("posture guarded asks before the first change in a protected environment only", async (t) => {
  const open = await bookOf(t, gateway());
  const ask = { runbook: "SOP-01", params: { version: "1" } };
  assert.deepEqual((await planned(open, ask)).gate, {
    roles: [],
    quorum: 1,
    expiresMs: 86_400_000,
    requesterMay: false,
  });
  assert.equal((await planned(open, { ...ask, environment: "test" })).gate, undefined);
  assert.equal(
    (await planned(open, { ...ask, only: ["gw-version"], params: {} })).gate,
    undefined,
    "reading needs no approval",
  );
  const two = await bookOf(t, gateway("  SOP-01: { approval: { roles: [ops-lead], quorum: 2, expires: 2h } }\n"));
  const plan = await planned(two, ask);
  assert.deepEqual(plan.gate, { roles: ["ops-lead"], quorum: 2, expiresMs: 7_200_000, requesterMay: false });
  assert.deepEqual(
    plan.missing.map(({ code, args }) => [code, args]),
    [["nobody-approves", { roles: "ops-lead", quorum: 2, able: 1 }]],
  );
  // Whoever approves signed in at the console needs no key, unless the book wants keys.
  for (const [more, able] of [
    ["", 0],
    ["approvals: keys-only\n", 1],
  ] as const) {
    const files = gateway("  SOP-01: { approval: { roles: [ops-lead], quorum: 2, expires: 2h } }\n");
    const data = files["watchbook.yaml"]!.replace(
      "people:\n",
      "people:\n  qi: { roles: [ops-lead], access: approver }\n",
    );
    const there = await bookOf(t, { ...files, "watchbook.yaml": `${data}${more}` });
    assert.equal((await planned(there, ask)).missing.length, able, more);
  }
});

const RISKY = (command: string): string =>
  `# Chat\n\n## SOP-01: Clear\n\n\`\`\`bash {"name":"clear"}\n${command}\n\`\`\`\n`;
const risky = async (
  t: Parameters<typeof bookOf>[0],
  command: string,
  more = "",
  environment = "prod",
): Promise<Plan> =>
  planned(await bookOf(t, { "chat.md": RISKY(command), "watchbook.yaml": `${DATA}${more}` }), {
    runbook: "SOP-01",
    environment,
  });

test("a service is never killed outright [M-035]", async (t) => {
  for (const command of ["kill -9 4711", "sudo pkill -KILL -f chat", "killall -s 9 chat", "kill --signal SIGKILL 4711"])
    assert.deepEqual(
      codes(await risky(t, command)).filter((code) => code === "kill-9"),
      ["kill-9"],
      command,
    );
  assert.deepEqual(codes(await risky(t, "sudo pkill -HUP nginx")), []);
});

test("down needs an approval of its own, and down with volumes is refused [M-036]", async (t) => {
  const down = await risky(t, "sudo docker compose -f chat.yml down", "runbooks: { SOP-01: { approval: false } }\n");
  assert.deepEqual([codes(down), down.steps[0]?.gate?.quorum], [[], 1]);
  for (const command of [
    "docker compose down -v",
    "docker-compose down --volumes",
    "sudo docker compose -p chat down --remove-orphans -v",
  ])
    assert.ok(codes(await risky(t, command)).includes("down-volumes"), command);
  assert.equal((await risky(t, "docker compose restart nginx")).steps[0]?.gate, undefined);
});

test("a destructive step in a protected environment has an approval of its own, unless two agree to the plan", async (t) => {
  const one = await risky(t, "rm -rf /srv/chat/cache");
  assert.deepEqual([one.gate?.quorum, one.steps[0]?.gate?.quorum], [1, 1]);
  const two = await risky(t, "rm -rf /srv/chat/cache", "runbooks: { SOP-01: { approval: { quorum: 2 } } }\n");
  assert.deepEqual([two.gate?.quorum, two.steps[0]?.gate], [2, undefined]);
});

test("a path of another protected environment is refused before anything runs", async (t) => {
  const files = { "chat.md": RISKY("ls /srv/chat/environments/prod/data"), "watchbook.yaml": DATA };
  const plan = await planned(await bookOf(t, files), { runbook: "SOP-01", environment: "test" });
  assert.deepEqual(
    plan.missing.map(({ code, args }) => [code, args["environment"]]),
    [["foreign-path", "prod"]],
  );
  assert.deepEqual(codes(await planned(await bookOf(t, files), { runbook: "SOP-01" })), []);
});

test("the directory is the manual's, unless the environment has another one", async (t) => {
  const manual =
    "# Chat\n\n## Check the status\n\n**Directory**:\n\n`/srv/chat/environments/prod`\n\n**Command**:\n\n```\nsudo docker compose ps\n```\n";
  const data = `${DATA}runbooks: { check-the-status: { environments: { test: { cwd: /srv/chat/environments/test } } } }\n`;
  const place = async (open: Parameters<typeof planned>[0], environment: string) => {
    const plan = await planned(open, { runbook: "check-the-status", environment });
    return [(plan.steps[0]?.params as { cwd?: string } | undefined)?.cwd, codes(plan)];
  };
  const bare = await bookOf(t, { "chat.md": manual, "watchbook.yaml": DATA });
  const own = await bookOf(t, { "chat.md": manual, "watchbook.yaml": data });
  assert.deepEqual(await place(bare, "prod"), ["/srv/chat/environments/prod", []]);
  assert.deepEqual(await place(bare, "test"), ["/srv/chat/environments/prod", ["foreign-path"]]);
  assert.deepEqual(await place(own, "test"), ["/srv/chat/environments/test", []]);
});

test("the values file of one environment is not used for another [K-024]", async (t) => {
  const plan = (command: string, environment: string) => risky(t, command, "", environment);
  const helm = "helm upgrade app ./chart -f ./chart/values.test.yaml";
  assert.ok(codes(await plan(helm, "prod")).includes("foreign-path"));
  assert.deepEqual(codes(await plan(helm, "test")), []);
  assert.ok(
    codes(await plan("python3 ops/roll.py --env-config deploy/environments/test", "prod")).includes("foreign-path"),
  );
  assert.deepEqual(
    codes(await plan("ls /opt/test/data.txt", "prod")),
    [],
    "a folder of that name is not yet another environment",
  );
});

test("a procedure that the manual only plans is not run", async (t) => {
  const files = { "chat.md": `# Chat\n\n## Failover (planned)\n\n1. Stop\n2. Start\n`, "watchbook.yaml": DATA };
  assert.deepEqual(codes(await planned(await bookOf(t, files), { runbook: "failover-planned" })), ["planned"]);
});
