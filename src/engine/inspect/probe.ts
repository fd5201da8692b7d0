import type { CheckKind, CheckSpec, Measured, Reading, UnknownReason } from "../../model/check.ts";
import type { Args } from "../../model/finding.ts";
import type { Reach } from "../../model/target.ts";
import { WatchbookError } from "../../model/error.ts";
import { hasLimit, judge } from "../../model/judge.ts";
import { redact } from "../../model/redact.ts";
import { ReachError } from "../../model/target.ts";
import { onStop } from "../../model/stop.ts";
import { secondsBetween } from "../../model/time.ts";
import type { Looking } from "../house.ts";
import { clockSetNow } from "../clock-set.ts";
import { beatKey, beatOf } from "../heartbeats.ts";
import { issueText } from "../reaches.ts";

/** Hard limit of one probe when the book gives none. */
const TIMEOUT_MS = 10_000;
/** How long an aborted probe may take to let go before it is left behind. */
const GRACE_MS = 2_000;
/** Baselines look back two weeks: the same weekday twice. */
const HISTORY_MS = 14 * 24 * 3_600_000;
const HISTORY_MOST = 2_000;

const unknown = (reason: UnknownReason, args: Args = {}): Measured => ({ kind: "unknown", reason, args });

/** A probe that throws has not seen anything: unknown with the best reason its error gives. */
function reasonOf(error: unknown, aborted: boolean): Measured {
  if (error instanceof ReachError) {
    const reason = error.reason === "other" ? "internal" : error.reason;
    return unknown(reason, { detail: error.message });
  }
  if (error instanceof WatchbookError)
    return unknown(error.code === "SECRET-MISSING" ? "secret-missing" : "internal", {
      ...error.args,
      detail: String(error.args["reference"] ?? error.code),
    });
  if (aborted) return unknown("aborted");
  return unknown("internal", { detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
}

/** Runs one kind within its time limit; never rejects. */
async function within(
  house: Looking,
  timeoutMs: number,
  stop: AbortSignal,
  work: (signal: AbortSignal) => Promise<Measured>,
): Promise<Measured> {
  // One signal and one timer: this is done for every check, and signals made of signals cost more than the probe.
  const limit = new AbortController();
  const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
  const cut = (): void => {
    limit.abort();
    end(undefined);
  };
  const forget = onStop(stop, cut);
  const cancel = house.clock.timer(timeoutMs, cut);
  const running = work(limit.signal).catch((error: unknown) => reasonOf(error, limit.signal.aborted));
  const first = await Promise.race([running, over]);
  cancel();
  forget();
  if (first === undefined && !stop.aborted) await graceful(house, running);
  if (stop.aborted) return aborted(stop);
  return first ?? unknown("timeout", { detail: `${timeoutMs} ms` });
}

/** Gives what was cut off a moment to let go of its target. */
async function graceful(house: Looking, running: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = house.clock.timer(GRACE_MS, resolve);
  await Promise.race([running, promise]);
  cancel();
}

/** Why the whole run was stopped: its own limit carries a number of milliseconds, a person's Ctrl-C does not. */
function aborted(stop: AbortSignal): Measured {
  const reason: unknown = stop.reason;
  return reason instanceof RunLimit ? unknown("timeout", { detail: `${reason.ms} ms` }) : unknown("aborted");
}

/** Reason of the abort when a whole run takes too long. */
export class RunLimit extends Error {
  readonly ms: number;
  constructor(ms: number) {
    super(`run limit of ${ms} ms`);
    this.name = "RunLimit";
    this.ms = ms;
  }
}

/** Parameters as a kind reads them, read once: a book's checks never change. */
const parsed = new WeakMap<
  object,
  { readonly kind: CheckKind; readonly params: ReturnType<CheckKind["params"]["safeParse"]> }
>();

function parsedBy(kind: CheckKind, spec: Omit<CheckSpec, "source">): ReturnType<CheckKind["params"]["safeParse"]> {
  const known = parsed.get(spec);
  if (known?.kind === kind) return known.params;
  const params = kind.params.safeParse(spec.params ?? {});
  parsed.set(spec, { kind, params });
  return params;
}

async function measure(
  house: Looking,
  spec: Omit<CheckSpec, "source">,
  kind: CheckKind | undefined,
  reach: () => Promise<Reach>,
  stop: AbortSignal,
  secrets: Set<string>,
): Promise<Measured> {
  if (!kind) return unknown("no-probe", { detail: spec.kind });
  const params = parsedBy(kind, spec);
  if (!params.success) return unknown("bad-params", { detail: params.error.issues.map(issueText).join("; ") });
  const target = spec.target ?? "local";
  const since = house.clock.wall() - HISTORY_MS;
  const history = kind.light
    ? []
    : await house.store.samples({ check: spec.id, target, since, limit: HISTORY_MOST, thin: true });
  const bands = spec.bands ?? kind.bands;
  return within(house, spec.timeoutMs ?? TIMEOUT_MS, stop, async (signal) =>
    kind.run(params.data, {
      reach: await reach(),
      clock: house.clock,
      signal,
      history,
      ...(bands && { bands }),
      ...("value" in house.store && { beat: async () => beatOf(await house.store.value?.(beatKey(spec.id))) }),
      clockSet: () => clockSetNow(house),
      secret: async (reference) => {
        const value = await house.secret(reference);
        secrets.add(value);
        return value;
      },
    }),
  );
}

/** Texts among values, without what is secret. Facts under names that begin with `_` are a probe's own notes. */
const cleaned = <T>(values: Readonly<Record<string, T>>, secrets: ReadonlySet<string>): Readonly<Record<string, T>> => {
  const clean = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(clean) : typeof value === "string" ? redact(value, secrets) : value;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, name.startsWith("_") ? value : (clean(value) as T)]),
  );
};

/** A measured value against its bands; everything that cannot be judged is unknown, with the value kept when there is one. */
function judged(
  measured: Measured,
  spec: Omit<CheckSpec, "source">,
  kind: CheckKind | undefined,
): Omit<Reading, "check" | "target" | "at" | "seconds"> {
  const facts = measured.facts ?? {};
  if (measured.kind === "unknown") {
    const sample = measured.sample !== undefined && Number.isFinite(measured.sample) && { value: measured.sample };
    return { outcome: "unknown", ...sample, reason: measured.reason, args: measured.args ?? {}, facts };
  }
  const number =
    measured.value !== undefined ? { value: measured.value, ...(measured.unit && { unit: measured.unit }) } : {};
  if (measured.value !== undefined && !Number.isFinite(measured.value))
    return { outcome: "unknown", reason: "unparsable", args: { detail: String(measured.value) }, facts };
  if (measured.kind === "state")
    return { outcome: measured.outcome, ...number, reason: measured.reason, args: measured.args ?? {}, facts };
  if (spec.unit !== undefined && spec.unit !== measured.unit) {
    const detail = `unit: ${spec.unit} / ${measured.unit}`;
    return { outcome: "unknown", ...number, reason: "bad-params", args: { detail }, facts };
  }
  // A kind's own limits are in its own unit: they say nothing about days where it usually measures a fraction.
  const bands = spec.bands ?? (kind?.unit === measured.unit ? kind.bands : undefined);
  if (!bands || !hasLimit(bands)) return { outcome: "unknown", ...number, reason: "no-bands", args: {}, facts };
  const { outcome, elevated } = judge(measured.value, bands);
  return { outcome, ...number, bands, ...(elevated && { elevated }), reason: "value", args: {}, facts };
}

/**
 * Does one check: params validated, bounded in time, its history at hand, judged by its bands. Never rejects for what
 * the probe does; rejects when the store does.
 */
export async function probe(
  house: Looking,
  spec: Omit<CheckSpec, "source">,
  reach: () => Promise<Reach>,
  stop: AbortSignal,
): Promise<Reading> {
  const kind = house.registry.checks.get(spec.kind);
  const at = house.clock.wall();
  const start = house.clock.monotonic();
  const secrets = new Set<string>();
  const measured = stop.aborted ? aborted(stop) : await measure(house, spec, kind, reach, stop, secrets);
  const reading = judged(measured, spec, kind);
  return {
    check: spec.id,
    target: spec.target ?? "local",
    ...reading,
    args: cleaned(reading.args, secrets),
    facts: cleaned(reading.facts, secrets),
    at,
    seconds: secondsBetween(start, house.clock.monotonic()),
  };
}
