import { randomUUID } from "node:crypto";
import { Leave, type StepContext } from "../../../model/step.ts";
import { perform, recall } from "../../targets/receipt/receipt.ts";
import { Ended } from "../ending/ended.ts";

/**
 * What a step must still know after a crash, where its target cannot keep it: under receipts of this machine, written
 * once and flushed before anything else happens. The first text stands.
 */
type Context = Pick<StepContext, "open" | "attempt" | "clock" | "signal" | "log">;
type Id = StepContext["attempt"];

const LIMIT_MS = 20_000;

const idOf = (attempt: Id, name: string): Id => ({ ...attempt, step: `${attempt.step}.${name}` });

/** Writes, or hears what stands there already. */
async function say(context: Context, id: Id, text: string): Promise<string> {
  const heard: Uint8Array[] = [];
  const script = `cat <<'WB_NOTE'\n${Buffer.from(text).toString("base64")}\nWB_NOTE\n`;
  const hooks = {
    clock: context.clock,
    signal: context.signal,
    log: (chunk: Uint8Array, stream: "out" | "err") => {
      if (stream === "out") heard.push(chunk.slice());
    },
  };
  const reach = await context.open("local");
  const { ending, reason = "" } = await perform(
    reach,
    { id, interpreter: ["sh"], script, env: {}, limitMs: LIMIT_MS },
    hooks,
  );
  if (ending === "ok") return Buffer.from(Buffer.concat(heard).toString("ascii"), "base64").toString("utf8");
  if (context.signal.reason instanceof Leave) throw new Ended("unknown", "left-running");
  throw new Ended(context.signal.aborted ? "cancelled" : "failed", "note-not-kept", { detail: reason || ending });
}

/** Keeps a text under a name of this attempt. True: it was not there yet. Throws Ended when it cannot be kept. */
export async function note(context: Context, name: string, text: string, attempt = context.attempt): Promise<boolean> {
  // Two attempts to write may bring the same text.
  const mine = `${randomUUID()}\n${text}`;
  return (await say(context, idOf(attempt, name), mine)) === mine;
}

/** What this machine still knows of a note: its text, that it never was written, or neither. */
export type Noted =
  | { readonly state: "noted"; readonly text: string }
  /** It is not there, and from now on cannot be written. */
  | { readonly state: "absent" }
  /** The receipts of this machine were tidied up, are another user's, or its writing was cut off. */
  | { readonly state: "unknown" };

/** The text under a name of an attempt. Rejects with Ended when it is there and cannot be read. */
export async function noted(context: Context, name: string, attempt = context.attempt): Promise<Noted> {
  const id = idOf(attempt, name);
  const found = await recall(await context.open("local"), id, context.signal);
  if (found.state === "absent") return { state: "absent" };
  if (found.state !== "ended" || found.end.ending !== "ok") return { state: "unknown" };
  const text = await say(context, id, "");
  return { state: "noted", text: text.slice(text.indexOf("\n") + 1) };
}
