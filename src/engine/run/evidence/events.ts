import { WALL } from "../../../evidence/run/judge.ts";
import { boundPart } from "../../../evidence/run/plan.ts";
import type { EvidenceEvent } from "../../../model/evidence.ts";
import type { Entry, Journalled } from "../../../model/journal.ts";
import type { RunEventData } from "../../../model/run-event.ts";
import type { RunFacts } from "./facts.ts";

/** Where an entry stands in time: nanoseconds since the run was created, and whose clock that is. */
interface Moment {
  readonly mono: bigint;
  readonly boot: string;
}

/** Boots without a name have clocks that cannot be told apart. */
const named = (boot: string | undefined): boot is string => boot !== undefined && boot !== "none";

/**
 * Monotonic time over the whole journal. Entries of one boot share a clock, whichever process wrote them; from one boot
 * to the next, and where no clock was recorded, only the wall clock tells, and the boot is `wall`.
 */
function momentsOf(journal: readonly Journalled[]): readonly Moment[] {
  // The entries before the first worker's came in the same commit as that worker's.
  const first = journal.find(({ entry }) => entry.type === "run.taken")?.entry;
  let boot = first?.type === "run.taken" ? first.boot : undefined;
  const moments: Moment[] = [];
  for (const [index, one] of journal.entries()) {
    const before = journal[index - 1];
    const last = moments.at(-1)?.mono ?? 0n;
    const was = boot;
    if (one.entry.type === "run.taken") boot = one.entry.boot;
    const shared = named(boot) && boot === was && one.mono !== undefined && before?.mono !== undefined;
    const step = !before
      ? 0n
      : shared
        ? BigInt(one.mono) - BigInt(before.mono)
        : BigInt(one.at - before.at) * 1_000_000n;
    const known = named(boot) && one.mono !== undefined;
    moments.push({ mono: last + (step > 0n ? step : 0n), boot: known ? boot! : WALL });
  }
  // A clock that is missing anywhere is missing for the whole.
  return moments.every((one) => one.boot !== WALL) ? moments : moments.map(({ mono }) => ({ mono, boot: WALL }));
}

/** What the last entry of a run becomes. */
const ended = (entry: Extract<Entry, { type: "run.ended" }>, mono: bigint) => ({
  state: entry.state,
  reasons: entry.reasons,
  // Nothing is claimed here: whoever has judged the events puts their verdict in.
  verdict: "inconclusive",
  seconds: Number((mono + 999_999n) / 1_000_000n) / 1000,
});

/** The host on which the run was asked for. */
export function hostOf([first]: readonly Journalled[]): string {
  if (first?.entry.type !== "run.created") throw new TypeError("a journal without its beginning");
  return first.entry.host;
}

/** The first three events: the run, its plan, the people who approved. */
function heads(facts: RunFacts): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  const { record, plan, people, journal } = facts;
  const { digest, commit = null, dirty } = plan.book;
  const givers = new Set(journal.flatMap(({ entry }) => (entry.type === "approval.given" ? [entry.by] : [])));
  const started: RunEventData["run.started"] = {
    id: record.id,
    runbook: plan.runbook,
    title: plan.title,
    kind: facts.kind,
    environment: plan.environment,
    by: record.by,
    reason: record.reason,
    host: hostOf(journal),
    book: digest,
    commit,
    dirty,
    plan: plan.digest,
    only: plan.request.only ?? null,
  };
  const named = people
    .filter(({ id }) => givers.has(id))
    .map(({ id, name, roles, key }) => ({ id, name, roles, ...(key !== undefined && { key }) }));
  return [
    ["run.started", started],
    ["run.plan", { plan: boundPart(plan) }],
    ["run.people", { people: named }],
  ];
}

/**
 * The events of an ended run: what it was, then every entry of its journal; without a verdict.
 * @throws TypeError for a run that has not ended.
 */
export function runEvents(facts: RunFacts): readonly EvidenceEvent[] {
  const { journal, record } = facts;
  const last = journal.at(-1)?.entry;
  if (last?.type !== "run.ended") throw new TypeError(`run ${record.id} has not ended`);
  const moments = momentsOf(journal);
  const head = heads(facts);
  const first = { mono_ns: "0", wall_ms: journal[0]!.at, boot_id: moments[0]!.boot, actor: record.by };
  const entries = journal.map(({ seq, epoch, at, entry }, index): EvidenceEvent => {
    const { type, ...fields } = entry;
    const { mono, boot } = moments[index]!;
    const own = entry.type === "run.ended" ? ended(entry, mono) : fields;
    return {
      seq: head.length + index + 1,
      mono_ns: String(mono),
      wall_ms: at,
      boot_id: boot,
      actor: "by" in entry ? entry.by : "watchbook",
      type,
      // A worker that takes the run names its own epoch; it is the entry's too.
      data: { ...own, journal: seq, epoch },
    };
  });
  return [...head.map(([type, data], index) => ({ seq: index + 1, ...first, type, data })), ...entries];
}
