import type { RunRecord } from "../../../src/api/contract.ts";
import { isOver } from "./over.ts";

type Past = Pick<RunRecord, "id" | "runbook" | "environment" | "state" | "rehearsal" | "created" | "ended">;

export const secondsOf = ({ created, ended }: Pick<Past, "created" | "ended">, now: number): number =>
  Math.max(0, (ended ?? now) - created) / 1_000;

/** How long such a run takes: the middle of those of the same runbook and environment that ended well. Undefined: none did. Pure. */
export function usualOf(
  runs: readonly Past[],
  { id, runbook, environment }: Pick<Past, "id" | "runbook" | "environment">,
): { readonly seconds: number; readonly count: number } | undefined {
  const like = runs.filter(
    (one) => one.id !== id && one.runbook === runbook && one.environment === environment && !one.rehearsal,
  );
  const spans = like
    .flatMap((one) => (one.state === "done" && one.ended !== undefined ? [secondsOf(one, one.ended)] : []))
    .toSorted((a, b) => a - b);
  const seconds = spans[Math.floor((spans.length - 1) / 2)];
  return seconds === undefined ? undefined : { seconds, count: spans.length };
}

/** The newest runs of a runbook that are over, oldest first. Pure. */
export const lastOf = <T extends Past>(runs: readonly T[], runbook: string, most: number): readonly T[] =>
  runs
    .filter((one) => one.runbook === runbook && isOver(one.state))
    .toSorted((a, b) => b.created - a.created)
    .slice(0, most)
    .toReversed();

/** Height of each bar in percent: the longest is full, the shortest can still be seen. Pure. */
export function heightsOf(seconds: readonly number[]): readonly number[] {
  const most = Math.max(...seconds, 0.001);
  return seconds.map((one) => Math.round(25 + (75 * one) / most));
}
