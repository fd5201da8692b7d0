import { createHash } from "node:crypto";
import type { Writer } from "../../../model/cluster.ts";
import type { StepContext } from "../../../model/step.ts";
import { ledgerIn, type Ledger } from "../../load/ledger.ts";
import { FILES } from "../../load/load.ts";
import { valueOf } from "../params/values.ts";
import type { Cluster } from "./fields.ts";
import { membersOf } from "./member.ts";

/** Bytes that are read of a ledger at a time. */
const PIECE = 1_048_576;
const AGAIN_MS = 50;

/** Who writes by the application's address. The plan has seen that a member says it. */
export function writerOf(given: Cluster): Writer {
  for (const { kind, data } of membersOf(given)) {
    const writer = kind.writer(data);
    if (writer) return writer;
  }
  throw new TypeError(`cluster ${given.cluster}: no address`);
}

/** Values of the writer's secrets, for the environment alone. */
export async function secretsOf(
  writer: Writer,
  { secret }: Pick<StepContext, "secret">,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const [name, reference] of Object.entries(writer.secrets ?? {})) found[name] = await secret(reference);
  return found;
}

/** Text of the ledger as far as it is written. */
async function textOf(context: StepContext, folder: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  for (let offset = 0; ;) {
    const piece = await context.reach.read(`${folder}/${FILES.ledger}`, { offset, length: PIECE });
    pieces.push(piece);
    offset += piece.length;
    if (piece.length < PIECE) return Buffer.concat(pieces).toString("utf8");
  }
}

/** What the writers of this run have noted by now. */
export const ledgerOf = async (context: StepContext): Promise<Ledger> =>
  ledgerIn(await textOf(context, valueOf(context, "LOAD")));

/** The same, once it is whole, with the digest of its text. */
export async function wholeLedger(context: StepContext): Promise<{ readonly ledger: Ledger; readonly sha256: string }> {
  const text = await textOf(context, valueOf(context, "LOAD"));
  return { ledger: ledgerIn(text), sha256: createHash("sha256").update(text).digest("hex") };
}

/** Looks into the ledger until it is so. Gives undefined when it is not within the time. */
export async function awaited<T>(
  context: StepContext,
  seconds: number,
  look: (ledger: Ledger) => T | undefined,
): Promise<{ readonly found: T | undefined; readonly ledger: Ledger }> {
  const until = context.clock.monotonic() + BigInt(Math.round(seconds * 1e9));
  for (;;) {
    const ledger = await ledgerOf(context);
    const found = look(ledger);
    if (found !== undefined || context.clock.monotonic() > until) return { found, ledger };
    await context.clock.sleep(AGAIN_MS, context.signal);
  }
}

/** Seconds between two readings of the clock, rounded up to a millisecond. */
export const secondsText = (from: bigint, to: bigint): string =>
  (Number((to - from + 999_999n) / 1_000_000n) / 1000).toFixed(3);
