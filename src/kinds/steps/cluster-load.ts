import { defineStep, type StepContext } from "../../model/step.ts";
import { inject, remove, type FaultProgram } from "../faults/program/program.ts";
import type { Ledger } from "../load/ledger.ts";
import { END_LOAD, loadValues, START_LOAD } from "../load/program.ts";
import { clusterParams, load, type Cluster } from "./cluster/fields.ts";
import { awaited, secretsOf, writerOf } from "./cluster/load.ts";
import { shown, wrongIn } from "./cluster/member.ts";
import { tableOf } from "./cluster/table.ts";
import { ended, refused } from "./ending/ended.ts";

const params = clusterParams(load, true);
type Params = Cluster & { readonly [K in keyof typeof load]: number };

/** Fewer a second prove nothing. */
const LEAST = 50;
const SECOND_NS = 1_000_000_000n;
/** How much longer than asked for it may take until they write as they should, seconds. */
const PATIENCE_S = 30;

/** They have written for so long, and go on doing it. */
function isSteady(ledger: Ledger, before: number, now: bigint): true | undefined {
  const acked = [...ledger.rows.values()].flatMap((row) => (row.acked === undefined ? [] : [row.acked]));
  const [first] = acked;
  if (first === undefined || Number(now - first) / 1e9 < before) return undefined;
  return acked.filter((at) => at > now - SECOND_NS).length >= LEAST ? true : undefined;
}

async function start(given: Params, context: StepContext) {
  if (context.attempt.purpose === "undo") {
    await remove(context);
    return { ending: "ok" as const };
  }
  const writer = writerOf(given);
  const { rate, connections, limit, before } = given;
  const program: FaultProgram = {
    values: loadValues({ writer, table: tableOf(context), rate, connections, limit }),
    inject: START_LOAD,
    remove: END_LOAD,
    secrets: await secretsOf(writer, context),
    bearable: true,
  };
  const { facts } = await inject(program, context, limit * 1_000);
  const LOAD = String(facts["DIR"] ?? "");
  const there = { ...context, env: { ...context.env, LOAD } };
  const { found, ledger } = await awaited(there, before + PATIENCE_S, (seen) =>
    isSteady(seen, before, context.clock.monotonic()),
  );
  if (!found) {
    const detail = ledger.detail || `${ledger.rows.size} rows`;
    throw refused("cluster-load-silent", { rate: LEAST, detail });
  }
  return { ending: "ok" as const, outputs: { LOAD } };
}

function view(given: Params): string {
  if (wrongIn(given.kind, given.members).length > 0) return given.kind;
  const { rate, connections, limit } = given;
  return shown(given, `${rate}/s x ${connections} (<= ${limit} s): ${writerOf(given).insert}`);
}

/**
 * Writers on this machine, in a process of their own that ends by itself: rows with growing numbers by the application's
 * address, each noted when it is sent and when it is confirmed. Its undo ends them. Output: LOAD, the folder of the ledger.
 */
export const clusterLoadStep = defineStep<Params>({
  kind: "cluster-load",
  params,
  made: true,
  view: (given) => ({ command: view(given), risk: "write", sudo: false }),
  perform: (given, context) => ended(context, () => start(given, context)),
});
