import { z } from "zod";
import { ROLLBACKS, STRATEGIES, type Strategy } from "../../model/rollout.ts";
import { bands } from "./bands.ts";
import { seconds } from "./duration.ts";
import { duration, id, like, text } from "./forms.ts";

const count = z.int("3").min(1, "3");

/** A number of targets, or a part of all of them. */
export const batch = z.union([count, like(/^(?:[1-9]\d?|100)%$/, "25%")], '2 | "25%"');

const PROBE_S = 0.1;
/** The gate's own default, seconds. */
const EVERY_S = 10;

const gate = z.strictObject({
  name: id.describe("What the plan calls it: gate/NAME."),
  check: text.describe("Kind of check, or a check of the book by its id; a rate of log lines is log-errors."),
  with: z.record(z.string(), z.unknown(), "{ … }").optional().describe("Parameters of the kind, see docs/checks.md."),
  bands: bands.optional().describe("Limits of its value; default: those of the check."),
  target: id.optional().describe("Where it looks; default: from where watchbook runs."),
  for: duration.optional().describe("Time for which it must stay green. Default: one look."),
  every: duration.optional().describe("Time between two looks. Default 10s."),
  least: count.optional().describe("Fewest looks that must give a value; with fewer it does not pass. Default 1."),
  baseline: z
    .boolean("true")
    .optional()
    .describe("The first look is not judged: the next ones are compared with it. Default false."),
  probe: duration.optional().describe("Longest one look may take; longer is unknown. Default 10s."),
  warn: z.boolean("true").optional().describe("A warning is green enough. Default false."),
});
export type RawGate = z.output<typeof gate>;

/** A key that does not fit, and what would. */
export interface Wrong {
  readonly path: readonly (string | number)[];
  readonly expected: string;
}

/** A gate that could never be measured often enough. */
function wrongGate({ least = 1, baseline = false, ...given }: RawGate, index: number): readonly Wrong[] {
  const [hold, every] = [seconds(given.for ?? "0s") ?? 0, seconds(given.every ?? "10s") ?? EVERY_S];
  if (every < PROBE_S) return [{ path: ["gates", index, "every"], expected: "100ms" }];
  const looks = Math.ceil(hold / every - 1e-9) + 1 - (baseline ? 1 : 0);
  if (least <= looks) return [];
  const key = given.for === undefined || looks === 0 ? "for" : "least";
  return [{ path: ["gates", index, key], expected: key === "for" ? "2m" : `≤ ${looks}` }];
}

/** Keys that contradict each other. */
function wrongIn(given: {
  readonly strategy: Strategy;
  readonly first?: unknown;
  readonly batch?: unknown;
  readonly gates?: readonly RawGate[] | undefined;
}): readonly Wrong[] {
  const { strategy, first, batch: size, gates = [] } = given;
  return [
    ...(first !== undefined && strategy !== "canary" ? [{ path: ["first"], expected: "strategy: canary" }] : []),
    ...(size !== undefined && strategy === "recreate"
      ? [{ path: ["batch"], expected: "strategy: rolling | canary" }]
      : []),
    ...gates.flatMap((one, index) => {
      const twice = gates.slice(0, index).some(({ name }) => name === one.name);
      return [
        ...wrongGate(one, index),
        ...(twice ? [{ path: ["gates", index, "name"], expected: `≠ ${one.name}` }] : []),
      ];
    }),
  ];
}

/** How a new version goes out. */
export const rollout = z
  .strictObject({
    strategy: z
      .enum(STRATEGIES)
      .describe(
        "recreate: each step on all targets before the next step; rolling: one batch after the other; canary: a few targets first.",
      ),
    first: batch.optional().describe("Strategy canary: targets that come first. Default 1."),
    batch: batch.optional().describe("Size of the other batches. Default: rolling 1, canary 100%."),
    soak: duration.optional().describe("Time that each batch has before its gates are looked at. Default: none."),
    gates: z.array(gate).optional().describe("Looked at after each batch, before the next; all must hold."),
    rollback: z
      .enum(ROLLBACKS)
      .optional()
      .describe(
        "What a failure does: auto undoes everything at once, ask asks a person, none stops. Default: auto when every step that changes something can be undone, else ask.",
      ),
    "rollback-within": duration
      .optional()
      .describe("Longest time from a failure to the end of the last undo; over it the run has missed its objective."),
  })
  .superRefine((given, context) => {
    for (const { path, expected } of wrongIn(given))
      context.addIssue({ code: "custom", path: [...path], message: expected });
  });
export type RawRollout = z.output<typeof rollout>;

interface Sized {
  readonly batches?: unknown;
  readonly rollout?: unknown;
}

/** `batches` beside a `rollout`: both say how large batches are, also where only one environment has them. */
export function twiceSized({
  batches,
  rollout: whole,
  environments = {},
}: Sized & { readonly environments?: Readonly<Record<string, Sized>> | undefined }): readonly Wrong[] {
  const expected = "rollout.first, rollout.batch";
  return [
    ...(batches !== undefined && whole !== undefined ? [{ path: ["batches"], expected }] : []),
    ...Object.entries(environments).flatMap(([name, own]) =>
      own.batches !== undefined && (own.rollout ?? whole) !== undefined
        ? [{ path: ["environments", name, "batches"], expected }]
        : [],
    ),
  ];
}
