// Failover drills of real pairs, fence proven, with a ledger of acknowledged writes: `node bench/failover.ts [--rounds N]`.
// Each round has a pair of its own; the floor is what promotion alone takes on the same machine.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { TestContext } from "node:test";
import { clusterBench } from "../test/kit/cluster.ts";
import { until } from "../test/kit/until.ts";
import { asServer } from "../test/live/cluster.ts";
import { postgresPrograms } from "../test/live/databases.ts";
import { which } from "../test/live/needs.ts";
import { pair, PASSWORD } from "../test/live/pair.ts";
import { patroni } from "../test/live/patroni.ts";
import { pairMariadb, PASSWORD as MARIADB } from "../test/live/pair-mariadb.ts";
import { join } from "node:path";

interface Drilled {
  readonly seconds: number;
  readonly lost: number;
  readonly before: number;
}

type Ending = (work: () => void | Promise<void>) => void;
type Way = (ending: Ending) => Promise<Drilled>;

const context = (ending: Ending): TestContext => ({ after: ending }) as unknown as TestContext;

/** What a drill's outputs say. */
function drilled(walked: { readonly end: string; readonly args?: unknown; readonly outputs: object }): Drilled {
  if (walked.end !== "ok") throw new Error(`${walked.end} ${JSON.stringify(walked.args)}`);
  const told = walked.outputs as Readonly<Record<string, string>>;
  const number = (name: string): number => Number(told[name] ?? Number.NaN);
  if (told["FENCE_VERIFIED"] !== "true") throw new Error("the fence was not proven");
  return { seconds: number("FAILOVER_SECONDS"), lost: number("LOST_ACKED"), before: number("ACKED_LAST_SECOND") };
}

const postgres =
  (synchronous: boolean): Way =>
  async (ending) => {
    const settings = synchronous ? { synchronous_standby_names: "ANY 1 (pg2, pg1)" } : {};
    const { members, shared } = await pair(ending, settings);
    const more = synchronous ? { synchronous } : {};
    const bench = await clusterBench(context(ending), { members, shared, secrets: { ops: PASSWORD }, more });
    return drilled(await bench.walk("failover", { drill: true }));
  };

const mariadb =
  (synchronous: boolean): Way =>
  async (ending) => {
    const { members, shared } = await pairMariadb(ending);
    const parts = { kind: "mariadb", members, shared, secrets: { ops: MARIADB }, more: { limit: "3m", synchronous } };
    const bench = await clusterBench(context(ending), parts);
    if (synchronous) await bench.walk("rejoin", { params: { MEMBER: "my2" } });
    return drilled(await bench.walk("failover", { drill: true }));
  };

/** The node is killed, and nobody is asked: Patroni notices and changes the primary by itself, as fast as it can be told to. */
const kept =
  (synchronous: boolean): Way =>
  async (ending) => {
    const found = await patroni(ending, synchronous ? { synchronous_mode: true } : {});
    const confirms = async (): Promise<boolean> =>
      (await found.api(found.members[0]!, "GET", "/cluster")).text.includes("sync_standby");
    if (synchronous) await until(confirms, "no member confirms commits");
    const parts = { kind: "patroni", members: found.given, shared: found.shared, secrets: { ops: PASSWORD } };
    const bench = await clusterBench(context(ending), { ...parts, more: { limit: "3m", synchronous } });
    return drilled(await bench.walk("failover", { drill: true }));
  };

/** `pg_ctl promote` of a healthy replica until it takes a write: no fault, no fence, nobody to find out. */
const promoted: Way = async (ending) => {
  const { a, b } = await pair(ending, {});
  a.ask("CREATE TABLE floor (n int)");
  const start = performance.now();
  asServer([join(postgresPrograms()!, "pg_ctl"), "-D", b.data, "-w", "-s", "promote"]);
  b.ask("INSERT INTO floor VALUES (1)");
  return { seconds: (performance.now() - start) / 1000, lost: Number.NaN, before: Number.NaN };
};

async function once(way: Way): Promise<Drilled> {
  const endings: (() => void | Promise<void>)[] = [];
  try {
    return await way((work) => void endings.unshift(work));
  } finally {
    for (const end of endings) await end();
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const shown = (value: number): string => (Number.isNaN(value) ? "–" : String(value));

export async function failoverTable(rounds: number): Promise<string> {
  const ways: (readonly [string, Way])[] = [
    ["PostgreSQL, asynchronous", postgres(false)],
    ["PostgreSQL, synchronous", postgres(true)],
    ...(which("patroni") && which("etcd")
      ? ([
          ["Patroni by itself (ttl 20, loop_wait 1), asynchronous", kept(false)],
          ["Patroni by itself, synchronous_mode", kept(true)],
        ] as const)
      : []),
    ["floor: pg_ctl promote until it takes a write", promoted],
    ...(which("mariadbd")
      ? ([
          ["MariaDB, asynchronous", mariadb(false)],
          ["MariaDB, semi-synchronous", mariadb(true)],
        ] as const)
      : []),
  ];
  const took = ways.map((): Drilled[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [n, [, way]] of ways.entries()) took[n]!.push(await once(way));
  return [
    "### Failover of a pair, primary killed under 200 writes a second",
    "",
    `Budget: PostgreSQL ≤ 1.5 s median with the fence proven, nothing acknowledged lost when synchronous (${rounds} rounds in turns, load ${loadavg()[0]!.toFixed(1)})`,
    "",
    "| | s, median | min – max | acknowledged and lost, most | acknowledged in the second before, least |",
    "| --- | --- | --- | --- | --- |",
    ...ways.map(([name], n) => {
      const all = took[n]!.map(({ seconds }) => seconds);
      const most = Math.max(...took[n]!.map(({ lost }) => lost));
      const least = Math.min(...took[n]!.map(({ before }) => before));
      const span = `${Math.min(...all).toFixed(2)} – ${Math.max(...all).toFixed(2)}`;
      return `| ${name} | ${median(all).toFixed(2)} | ${span} | ${shown(most)} | ${shown(least)} |`;
    }),
    "",
  ].join("\n");
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
  process.stdout.write(await failoverTable(Number(values.rounds)));
}
