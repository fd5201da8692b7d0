// Clusters of watchbook.yaml: what is refused with its line, and which runbooks come of the rest.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { compileBook } from "../src/book/compile/compile.ts";
import { folderFiles } from "../src/book/read/folder.ts";
import { plan } from "../src/engine/plan/plan.ts";
import { registry } from "../src/kinds/registry.ts";
import type { Book } from "../src/model/book.ts";
import type { PlanRequest } from "../src/model/plan.ts";
import { folder } from "./kit/folder.ts";

const GOOD = {
  kind: "postgres",
  members: {
    pg1: { target: "db-1", with: { host: "10.0.0.11" } },
    pg2: { target: "db-2", with: { host: "10.0.0.12" } },
  },
  with: { data: "/srv/pg", address: { host: "10.0.0.5", user: "drill" } },
  repoint: { pooler: { kind: "shell", targets: ["web-1"], with: { script: "true" } } },
  probes: { shop: { kind: "shell", risk: "read", with: { script: "true" } } },
};

async function bookOf(t: TestContext, cluster: object): Promise<{ readonly book: Book; readonly root: string }> {
  const root = folder(t);
  writeFileSync(join(root, "README.md"), "# Shop\n");
  const targets = Object.fromEntries(
    ["db-1", "db-2", "web-1"].map((name) => [name, { kind: "local", environment: "prod" }]),
  );
  writeFileSync(
    join(root, "watchbook.yaml"),
    JSON.stringify(
      { lang: "en", environments: { prod: { protected: false } }, targets, clusters: { orders: cluster } },
      undefined,
      1,
    ),
  );
  return { book: await compileBook(folderFiles(root)), root };
}

async function planFor(t: TestContext, runbook: string, more: Partial<PlanRequest> = {}, cluster: object = GOOD) {
  const { book, root } = await bookOf(t, cluster);
  return plan({ book, root, dirty: false }, registry, { runbook, environment: "prod", params: {}, ...more });
}

test("a cluster becomes five runbooks; a drill of one has the load, the fault and the counting besides", async (t) => {
  const { book } = await bookOf(t, GOOD);
  assert.deepEqual(
    book.runbooks.map(({ id, kind }) => [id, kind]),
    [
      ["failover-orders", "failover"],
      ["switchover-orders", "failover"],
      ["failback-orders", "failover"],
      ["rejoin-orders", "other"],
      ["state-orders", "inspect"],
    ],
  );
  const real = await planFor(t, "failover-orders");
  const drill = await planFor(t, "failover-orders", { drill: true });
  assert.deepEqual([real.missing, drill.missing], [[], []]);
  const ids = ({ steps }: typeof real): readonly string[] => steps.map(({ id }) => id);
  assert.deepEqual(ids(real), ["look", "pin", "fence", "promote", "pooler", "prove-fence", "writes", "shop"]);
  assert.deepEqual(
    ids(drill).filter((id) => !ids(real).includes(id)),
    ["load", "fault_injection", "lag", "count", "recovered"],
  );
  assert.deepEqual(
    real.others.map(({ id }) => id),
    ["pin.undo"],
  );
  assert.notEqual(real.digest, drill.digest);
  // Steps of the book are done here, or where they say; everybody's lock is held.
  assert.deepEqual(
    real.steps.filter(({ id }) => id === "pooler" || id === "shop").map(({ scope, targets }) => [scope, targets]),
    [
      ["target", ["web-1"]],
      ["run", undefined],
    ],
  );
  assert.deepEqual(
    real.targets.map(({ name }) => name),
    ["db-1", "db-2", "web-1"],
  );
});

test("a failback is a failover, the return of who was put aside, and a switchover whose measures have names of their own", async (t) => {
  const { steps, missing } = await planFor(t, "failback-orders", { drill: true });
  assert.deepEqual(missing, []);
  const [there, back] = [
    steps.filter(({ kind }) => kind !== "cluster-back"),
    steps.filter(({ kind }) => kind === "cluster-back"),
  ];
  assert.deepEqual(
    back.map(({ id }) => id),
    [
      "look",
      "load",
      "pin",
      "demote",
      "promote",
      "lag",
      "prove-fence",
      "writes",
      "count",
      "join",
      "follows",
      "recovered",
    ].map((id) => `back-${id}`),
  );
  assert.ok(there.some(({ id }) => id === "follows") && there.some(({ id }) => id === "back-pooler"));
  const names = (all: typeof steps): ReadonlySet<string> => new Set(all.flatMap(({ outputs }) => outputs));
  for (const name of ["FAULT_AT_NS", "FAILOVER_SECONDS", "LOST_ACKED", "LEDGER_SHA256", "RTO_SECONDS"])
    assert.deepEqual([names(there).has(name), names(back).has(name)], [true, false], name);
  assert.deepEqual(
    back.filter(({ until }) => until !== undefined).map(({ until, undo }) => [until, undo !== undefined]),
    [
      ["back-count", true],
      ["back-prove-fence", true],
    ],
  );
});

test("whoever only looks changes nothing and asks nobody", async (t) => {
  const { steps, gate } = await planFor(t, "state-orders");
  assert.deepEqual([steps.map(({ risk }) => risk), gate], [["read"], undefined]);
});

test("without an address a change goes without proof of writes, and a drill says what is missing", async (t) => {
  const bare = { ...GOOD, with: { data: "/srv/pg" } };
  const { steps, missing } = await planFor(t, "failover-orders", {}, bare);
  assert.deepEqual([missing, steps.some(({ id }) => id === "writes")], [[], false]);
  const drill = await planFor(t, "failover-orders", { drill: true }, bare);
  assert.match(drill.missing.map(({ args }) => JSON.stringify(args)).join(), /address/);
});

test("wrong parameters of a member, an unknown kind and unknown targets are named", async (t) => {
  const bad = await planFor(t, "failover-orders", {}, { ...GOOD, with: { data: "relative" } });
  assert.match(bad.missing.map(({ args }) => JSON.stringify(args)).join(), /members\.0\.with\.data/);
  const other = await planFor(t, "failover-orders", {}, { ...GOOD, kind: "oracle" });
  assert.match(other.missing.map(({ args }) => JSON.stringify(args)).join(), /postgres/);
  const codes = async (cluster: object) =>
    (await bookOf(t, cluster)).book.findings.map(({ code, args }) => [code, args["key"] ?? ""]);
  assert.deepEqual(await codes({ ...GOOD, members: { ...GOOD.members, pg1: { target: "db-9" } } }), [
    ["WB035", "clusters.orders.members.pg1.target"],
  ]);
  assert.equal((await codes({ ...GOOD, members: { pg1: {} } })).length, 1);
  assert.equal((await codes({ ...GOOD, members: { "PG 1": {}, pg2: {} } })).length, 1);
});
