import { LEAST_ACKED, LEDGER_FILE } from "../../model/ledger.ts";
import { rangesIn, rangesText } from "../../model/ranges.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { ledgerBytes, ledgerFile } from "../load/file.ts";
import { ackedBefore, countedIn, recoveredAt, saidOf, type Counted } from "../load/ledger.ts";
import { FILES } from "../load/load.ts";
import { clusterParams, type Cluster } from "./cluster/fields.ts";
import { awaited, secondsText, wholeLedger } from "./cluster/load.ts";
import { memberIn, shown } from "./cluster/member.ts";
import { send } from "./cluster/send.ts";
import { tableOf } from "./cluster/table.ts";
import { ended, refused } from "./ending/ended.ts";
import { valueOf } from "./params/values.ts";

const STOP_S = 15;

/** The writers end what they have begun, and note that they have. */
async function stopped(context: StepContext): Promise<void> {
  const folder = valueOf(context, "LOAD");
  const { end, err } = await context.reach.exec(["sh", "-c", ': >"$1"', "watchbook", `${folder}/${FILES.stop}`]);
  if (end.kind !== "exit" || end.code !== 0) throw refused("cluster-load-gone", { detail: err.trim() || end.kind });
  const { found, ledger } = await awaited(context, STOP_S, ({ whole }) => (whole ? true : undefined));
  if (!found) throw refused("cluster-load-gone", { detail: ledger.detail || `${ledger.rows.size} rows` });
}

/** What is kept of it: numbers only. */
const numbers = (counted: Counted, before: number, sha256: string) => ({
  ...{ sent: counted.sent, acked: counted.acked, ackedInTheSecondBefore: before, notes: sha256 },
  lost: rangesText(counted.lost.map(({ id }) => id)),
  inDoubt: rangesText(counted.doubt),
  inDoubtPresent: rangesText(counted.doubtThere),
});

async function count(given: Cluster, context: StepContext) {
  await stopped(context);
  const primary = memberIn(given, context, "PROMOTED");
  const told = await send(context, primary, primary.kind.rows(primary.data), { WB_TABLE: tableOf(context) });
  const there = rangesIn(told["IDS"] ?? "-");
  if (!there) throw refused("cluster-rows", { detail: (told["IDS"] ?? "-").slice(0, 80) });
  const { ledger, sha256 } = await wholeLedger(context);
  const fault = BigInt(valueOf(context, "FAULT_AT_NS"));
  const counted = countedIn(ledger, there);
  const before = ackedBefore(ledger, fault);
  context.log(Buffer.from(`${JSON.stringify(numbers(counted, before, sha256))}\n`), "out");
  if (counted.extra > 0) throw refused("cluster-extra-rows", { count: counted.extra });
  const good = recoveredAt(ledger, valueOf(context, "HISTORY"));
  if (good === undefined)
    throw refused("cluster-not-recovered", { seconds: 0, wanted: valueOf(context, "HISTORY"), detail: saidOf(ledger) });
  const lost = String(counted.lost.length);
  const oldest = counted.lost.map(({ acked }) => acked).toSorted((a, b) => (a < b ? -1 : 1))[0];
  const rpo = oldest === undefined || oldest > fault ? 0n : fault - oldest;
  const history = valueOf(context, "HISTORY");
  const { bytes, whole } = ledgerBytes(ledgerFile(ledger, { there, fault, history }), counted.sent, sha256);
  const file = await context.keep(LEDGER_FILE, bytes);
  const outputs = {
    FAILOVER_SECONDS: secondsText(fault, good),
    IN_DOUBT: String(counted.doubt.length),
    IN_DOUBT_PRESENT: String(counted.doubtThere.length),
    ACKED_LAST_SECOND: String(before),
    LEDGER_SHA256: file.sha256,
    // A claim of nothing lost needs something that could have been, and the numbers that others can count again.
    ...(whole &&
      (counted.lost.length > 0 || before >= LEAST_ACKED) && {
        LOST_ACKED: lost,
        RPO_EVENTS: lost,
        RPO_SECONDS: secondsText(0n, rpo),
      }),
  };
  return { ending: "ok" as const, outputs, files: [file] };
}

/**
 * Ends the load, asks the new primary which rows it has, and compares number by number. Outputs: FAILOVER_SECONDS, LOST_ACKED,
 * RPO_EVENTS, RPO_SECONDS, IN_DOUBT, IN_DOUBT_PRESENT, ACKED_LAST_SECOND, LEDGER_SHA256. The ledger itself goes into the evidence.
 */
export const clusterCountStep = defineStep<Cluster>({
  kind: "cluster-count",
  params: clusterParams({}),
  made: true,
  view: (given) => ({ command: shown(given, "rows $PROMOTED - ledger"), risk: "write", sudo: false }),
  perform: (given, context) => ended(context, () => count(given, context)),
});
