import type { Env } from "../env.ts";
import { Refusal, type Reason } from "../refusal.ts";
import { failover } from "./failover.ts";
import { worstVerdict, type EnvKind, type Judged, type Limits } from "./kind.ts";
import { Findings } from "./measure.ts";
import { rollback } from "./rollback.ts";
import { rollout } from "./rollout.ts";
import { wal } from "./wal.ts";

const KINDS: readonly EnvKind[] = [wal, rollback, failover, rollout];

/** The kind that the options are about, else the one whose keys the file has; undefined for other files. */
export function kindOf(values: Env, limits: Limits): EnvKind | undefined {
  const asked = KINDS.find(({ options }) =>
    options.some((option) => limits[option] !== undefined && limits[option] !== false),
  );
  return asked ?? KINDS.find(({ marks }) => marks.some((mark) => values.has(mark)));
}

/** Our own keys for the same measures, where a file is of none of the four kinds. */
const OWN: readonly (readonly [keyof Limits, key: string, whole: boolean])[] = [
  ["maxRtoSeconds", "RTO_SECONDS", false],
  ["maxRpoEvents", "RPO_EVENTS", true],
  ["maxRollbackSeconds", "ROLLBACK_SECONDS", false],
  ["maxFailoverSeconds", "FAILOVER_SECONDS", false],
  ["maxDataLagEvents", "DATA_LAG_EVENTS_AT_FAULT", true],
];

/** Strict judgement of what a file measured. A file without any measure and without limits has nothing to fail. */
export function judgeLimits(values: Env, limits: Limits): Judged {
  const own = KINDS.find(({ marks }) => marks.some((mark) => values.has(mark)));
  if (own) {
    const judged = own.strict(values, limits);
    const foreign = KINDS.filter((kind) => kind !== own).flatMap(({ options }) => options);
    const asked = foreign.filter((option) => limits[option] !== undefined && limits[option] !== false);
    if (asked.length === 0) return judged;
    const others = judgeOwn(values, Object.fromEntries(asked.map((option) => [option, limits[option]])));
    return {
      verdict: worstVerdict([judged.verdict, others.verdict]),
      reasons: [...judged.reasons, ...others.reasons.filter((other) => !isSaid(other, judged.reasons))],
      measured: { ...judged.measured, ...others.measured },
    };
  }
  return judgeOwn(values, limits);
}

/** Both may say that the clock proves nothing. */
const isSaid = ({ code }: Reason, reasons: readonly Reason[]): boolean =>
  code === "coarse-clock" && reasons.some((one) => one.code === code);

function judgeOwn(values: Env, limits: Limits): Judged {
  const found = new Findings(values);
  let timed = false;
  for (const [option, key, whole] of OWN) {
    const max = limits[option];
    if (typeof max !== "number") continue;
    if (values.has(key)) found.limit(key, max, whole);
    else found.find("inconclusive", "not-measured", { option });
    timed ||= values.has(key) && !whole;
  }
  if (timed) found.monotonic();
  if (limits.requireFaultStep) found.find("inconclusive", "not-measured", { option: "requireFaultStep" });
  return found.judged();
}

/** `--compat`: the published verifier's answer on the same bytes. Refused: no kind of file it has a verifier for. */
export function compatible(values: Env, limits: Limits): boolean {
  const kind = kindOf(values, limits);
  if (!kind) throw new Refusal("no-kind");
  return kind.compat(values, limits);
}
