import type { RunShown } from "../../../src/api/contract.ts";

/** A stretch of a run. Milliseconds since the epoch. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  /** How it ended; absent: it goes on. */
  readonly ending?: string | undefined;
  readonly undo: boolean;
}

type Run = Pick<RunShown, "attempts" | "record"> & { readonly view: Pick<RunShown["view"], "gates"> };

/** From when to when a run is drawn. Pure. */
export const frameOf = ({ record }: Pick<Run, "record">, now: number): { from: number; until: number } => ({
  from: record.created,
  until: Math.max(record.ended ?? now, record.created + 1),
});

/** What went on at one step on one target. Pure. */
export const stretchesOf = (
  { attempts }: Pick<Run, "attempts">,
  { step, target }: { readonly step: string; readonly target: string },
  now: number,
): readonly Stretch[] =>
  attempts
    .filter((one) => one.step === step && one.target === target)
    .map(({ began, ended, end, purpose }) => ({
      ...{ from: began, until: ended ?? now },
      ...{ ending: ended === undefined ? undefined : (end?.ending ?? "unknown"), undo: purpose.startsWith("undo") },
    }));

/** When it waited for the word of people who may approve. Pure. */
export const waitsOf = ({ view }: Pick<Run, "view">, now: number): readonly Stretch[] =>
  view.gates.map(({ asked, state, given, rejected, expires }) => {
    const said = rejected?.at ?? (state === "expired" ? expires : given.at(-1)?.at);
    const over = state === "asked" || said === undefined ? now : said;
    return { from: asked, until: Math.max(asked, over), ending: state === "asked" ? undefined : state, undo: false };
  });
