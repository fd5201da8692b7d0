import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../failure.ts";
import type { LoadPlan } from "../loadd.ts";
import { backAt, judge } from "../load/judge.ts";
import { readLedger, type Line } from "../load/ledger.ts";
import { ask } from "../site/ask.ts";
import { readConfig, readJson } from "../site/config.ts";
import type { Health } from "../site/health.ts";
import { end, launch, lives, pidOf, until } from "../site/process.ts";
import { versionOf } from "../site/releases.ts";

export type LoadAsked = Omit<LoadPlan, "entry">;

/** The load runs that long before anything may happen to it, seconds: a fault at once would prove nothing. */
const WARM = 3;

const planOf = (site: string): LoadPlan => readJson(join(site, "load.json")) as LoadPlan;
const acks = (lines: readonly Line[]): readonly Line[] => lines.filter(({ what }) => what === "acked");

const linesNow = (file: string): readonly Line[] => (existsSync(file) ? readLedger(file) : []);

/** Starts the load of a site and waits until it has been acknowledged steadily. Throws Failure load-not-taken. */
export async function startLoad(site: string, asked: LoadAsked): Promise<object> {
  if (pidOf(site, "load") !== undefined) throw new Failure("load-runs", { site });
  const plan: LoadPlan = { ...asked, entry: readConfig(site).entry };
  mkdirSync(dirname(plan.ledger), { recursive: true });
  writeFileSync(join(site, "load.json"), JSON.stringify(plan));
  writeFileSync(plan.ledger, "");
  const pid = launch(site, "load");
  const steady = (): boolean => {
    if (!lives(pid)) throw new Failure("ended-at-once", { log: join(site, "load.log") });
    const found = acks(linesNow(plan.ledger));
    const [first, last] = [found[0]?.at ?? 0n, found.at(-1)?.at ?? 0n];
    return last - first >= BigInt(WARM) * 1_000_000_000n;
  };
  await until(steady, WARM * 5, "load-not-taken");
  return { started: true, pid, acked: acks(readLedger(plan.ledger)).length };
}

export async function stopLoad(site: string): Promise<object> {
  const pid = await end(site, "load");
  return { ended: pid ?? null };
}

/** What somebody who asks for the outcome is told: name and value, as a step gives them on. */
export type Told = readonly (readonly [name: string, value: string | number])[];

/**
 * Waits until the load is served again for good, ends it, and says what the crash cost. `fault`: monotonic clock before
 * it, nanoseconds. Throws Failure no-outage, not-back, not-demonstrated, never-sent.
 */
export async function judgeLoad(site: string, fault: bigint, seconds: number, floor: number): Promise<Told> {
  const { ledger } = planOf(site);
  await until(() => backAt(readLedger(ledger), fault) !== undefined, seconds, "not-back");
  await stopLoad(site);
  const { health } = readConfig(site);
  const [{ replayed }, { ids }] = await Promise.all([
    ask<Health>(health, "/health"),
    ask<{ ids: readonly string[] }>(health, "/ids"),
  ]);
  const found = judge(readLedger(ledger), fault, { ids, replayed });
  // To have lost nothing says something only where there was something to lose.
  if (found.ackedLastSecond < floor)
    throw new Failure("not-demonstrated", { ackedLastSecond: found.ackedLastSecond, floor });
  return [
    ["RTO_SECONDS", found.rtoSeconds],
    ["RPO_EVENTS", found.rpoEvents],
    ["LOST_ACKED", found.rpoEvents],
    ["IN_DOUBT", found.inDoubt],
    ["IN_DOUBT_PRESENT", found.inDoubtPresent],
    ["ACKED_LAST_SECOND", found.ackedLastSecond],
    ["WAL_PATH", "wal/orders.wal"],
    ["RELEASE_VERSION", versionOf(site) ?? "none"],
  ];
}
