import { z } from "zod";
import { END_STATES, ENDINGS, PURPOSES, type Entry } from "../../model/journal.ts";
import type { EvidenceEvent } from "../../model/evidence.ts";
import { ON_FAIL, SCOPES } from "../../model/plan.ts";
import type { RunEventData } from "../../model/run-event.ts";
import { RUNBOOK_KINDS } from "../../model/runbook.ts";
import { RISKS } from "../../model/states.ts";
import { Refusal } from "../refusal.ts";
import type { BoundPlan } from "./plan.ts";

/** Only what a verdict depends on is looked at; the rest is bound by the digest. */
const text = z.string();
const whole = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const gate = z.looseObject({
  roles: z.array(text),
  quorum: whole,
  expiresMs: z.number(),
  requesterMay: z.boolean(),
});

const step = z.looseObject({
  id: text,
  title: text,
  kind: text,
  scope: z.enum(SCOPES),
  targets: z.array(text).optional(),
  byHand: z.looseObject({ kind: text }).optional(),
  risk: z.enum(RISKS),
  verify: text.optional(),
  undo: text.optional(),
  until: text.optional(),
  onFail: z.enum(ON_FAIL),
  outputs: z.array(text),
  gate: gate.optional(),
});

const plan = z.looseObject({
  format: z.literal(1),
  runbook: text,
  title: text,
  environment: text,
  rehearsal: z.boolean(),
  drill: z
    .looseObject({
      kind: z.enum(RUNBOOK_KINDS),
      objectives: z.array(
        z.looseObject({ name: text, comparison: z.enum(["<", "<="]), value: z.number(), unit: text }),
      ),
      guards: z.looseObject({ checks: z.array(z.looseObject({ id: text, target: text })) }).optional(),
      outsideWindow: text.optional(),
    })
    .optional(),
  steps: z.array(step),
  others: z.array(step),
  targets: z.array(z.looseObject({ name: text, kind: text })),
  batches: z.array(z.array(text)),
  rollout: z.looseObject({ rollbackWithin: z.number().nonnegative().optional() }).optional(),
  parameters: z.array(z.looseObject({ name: text, value: text, secret: z.boolean() })),
  gate: gate.optional(),
});

const attempt = { step: text, target: text, purpose: z.enum(PURPOSES), attempt: whole };
const at = { step: text, target: text, by: text };
const by = { by: text };

const reasons = z.array(z.looseObject({ code: text, args: z.record(text, z.union([text, z.number()])) }));

/** Entries of the journal by type. */
const ENTRIES: Readonly<Record<Entry["type"], z.ZodType>> = {
  "run.created": z.looseObject({
    ...{ ...by, reason: text, digest: text, host: text },
    requesters: z.array(text).optional(),
  }),
  "run.taken": z.looseObject({ epoch: whole, host: text }),
  intent: z.looseObject(attempt),
  outcome: z.looseObject({
    ...attempt,
    ending: z.enum(ENDINGS),
    seconds: z.number().nonnegative(),
    via: z.enum(["receipt", "verify", "human", "repeat"]).optional(),
    outputs: z.record(text, text).optional(),
    files: z
      .array(z.looseObject({ name: text, sha256, bytes: whole }))
      .max(1)
      .optional(),
  }),
  undecided: z.looseObject(attempt),
  decided: z.looseObject({ ...attempt, ...by }),
  timer: z.looseObject(attempt),
  "approval.asked": z.looseObject({ gate: text, expires: z.number() }),
  "approval.given": z.looseObject({ gate: text, ...by, signature: text, text }),
  "approval.rejected": z.looseObject({ gate: text, ...by }),
  "approval.expired": z.looseObject({ gate: text }),
  key: z.looseObject({ step: text, ...by }),
  tick: z.looseObject({
    ...at,
    done: z.boolean(),
    note: text,
    file: z.looseObject({ name: text, sha256, bytes: whole.optional() }).optional(),
    outputs: z.record(text, text).optional(),
  }),
  answer: z.looseObject({ ...at, choice: z.enum(["retry", "skip", "undo", "stop"]) }),
  pause: z.looseObject(by),
  resume: z.looseObject(by),
  cancel: z.looseObject(by),
  guard: z.looseObject({
    ...{ check: text, where: text, reason: text, detail: text, value: z.number().optional() },
    ...{ outcome: z.enum(["warn", "fail", "unknown"]), breaks: z.boolean() },
  }),
  "run.ended": z.looseObject({ state: z.enum(END_STATES), reasons, verdict: text, seconds: z.number() }),
};

const HEADS = {
  "run.started": z.looseObject({
    id: text,
    runbook: text,
    title: text,
    kind: z.enum(RUNBOOK_KINDS),
    environment: text,
    by: text,
    reason: text,
    host: text,
    book: text,
    commit: text.nullable(),
    dirty: z.boolean(),
    plan: text,
    only: z.array(text).nullable(),
  }),
  "run.plan": z.looseObject({ plan }),
  "run.people": z.looseObject({
    people: z.array(z.looseObject({ id: text, name: text, roles: z.array(text), key: text.optional() })),
  }),
} as const;

const wrong = (what: string, line: number): never => {
  throw new Refusal("events-shape", { what: `${what} (${line})` });
};

/** Data of one of the three events that come before the journal. */
export function headOf<K extends keyof typeof HEADS>(event: EvidenceEvent | undefined, type: K): RunEventData[K] {
  if (event?.type !== type || !HEADS[type].safeParse(event.data).success) return wrong(type, event?.seq ?? 0);
  return event.data as unknown as RunEventData[K];
}

/** The plan inside `run.plan`. */
export const planIn = (data: RunEventData["run.plan"]): BoundPlan => data.plan as BoundPlan;

/** An entry of the journal with the clock of its event. */
export interface Timed {
  readonly entry: Entry;
  /** Nanoseconds since the run was created. */
  readonly mono: bigint;
  /** Milliseconds since the epoch. */
  readonly wall: number;
}

/** The journal inside the events, in its order, without holes. */
export function journalOf(events: readonly EvidenceEvent[]): readonly Timed[] {
  let epoch = 0;
  return events.map((event, index) => {
    const { type, data, seq, mono_ns: mono, wall_ms: wall } = event;
    const known = Object.hasOwn(ENTRIES, type) ? ENTRIES[type as Entry["type"]] : wrong(type, seq);
    if (!known.safeParse(data).success || data["journal"] !== index + 1) return wrong(type, seq);
    const fence = Number(data["epoch"]);
    if (!(fence >= epoch) || (type === "run.created") !== (index === 0)) return wrong(type, seq);
    epoch = fence;
    return { entry: { ...data, type } as unknown as Entry, mono: BigInt(mono), wall };
  });
}
