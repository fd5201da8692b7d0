import { line } from "../../../evidence/run/drill-keys.ts";
import { runPairs, runResult } from "../../../evidence/run/facts.ts";
import { judgeRun, type RunJudged } from "../../../evidence/run/judge.ts";
import { writeEnv } from "../../../evidence/env.ts";
import type { EvidenceInput } from "../../../model/evidence.ts";
import { utc } from "../../../model/time.ts";
import { hostOf, runEvents } from "./events.ts";
import type { RunFacts } from "./facts.ts";

/** Where it stood and when: what does not follow from the events. */
interface Origin {
  readonly origin: NonNullable<EvidenceInput["origin"]>;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly ended: number;
}

/** The keys that follow from the events, then those of place and time; VERDICT stays last. */
function envOf(run: RunJudged, { origin, started, ended }: Origin): EvidenceInput["env"] {
  const pairs = runPairs(run);
  const { host, version, book } = origin;
  return [
    ...pairs.slice(0, -1),
    ["HOST", line(host)],
    ["MANUAL_DIGEST", book.digest],
    ["MANUAL_COMMIT", book.commit ?? "none"],
    ["MANUAL_DIRTY", String(book.dirty)],
    ["WATCHBOOK_VERSION", version],
    ["STARTED_UTC", utc(started)],
    ["ENDED_UTC", utc(ended)],
    pairs.at(-1)!,
  ];
}

const bare = (digest: string): string => digest.replace(/^sha256:/, "");

/** Digests of what the run was about, each name once: a backup set that it took or restored, too. */
function subjectsOf({ plan }: RunFacts, { outputs }: RunJudged): EvidenceInput["subjects"] {
  const { SET_ID: set, SET_DIGEST: digest = "" } = outputs;
  const files = new Map(plan.files.map(({ path, sha256 }) => [`file ${path}`, bare(sha256)]));
  return [
    { name: "book", sha256: bare(plan.book.digest) },
    { name: "plan", sha256: bare(plan.digest) },
    ...[...files].map(([name, sha256]) => ({ name, sha256 })),
    ...(set !== undefined && /^[0-9a-f]{64}$/.test(digest) ? [{ name: `backup-set ${set}`, sha256: digest }] : []),
  ];
}

/** The events with the verdict that they themselves give. */
function concluded(facts: RunFacts, mode: EvidenceInput["mode"]) {
  const events = runEvents(facts);
  const run = judgeRun(events, mode);
  const last = events.at(-1)!;
  return { run, events: [...events.slice(0, -1), { ...last, data: { ...last.data, verdict: run.verdict } }] };
}

/**
 * What the recorder gets for an ended run; the same run, the same input. `page` renders result.md. Pure.
 * @throws TypeError for a run that has not ended, Refusal for a journal that contradicts itself: our bugs.
 */
export function runEvidence(facts: RunFacts, page: (run: RunJudged) => string): EvidenceInput {
  const { record, plan, journal, version } = facts;
  const mode = plan.rehearsal ? "dry-run" : "execute";
  const { run, events } = concluded(facts, mode);
  const { digest, commit = null, dirty } = plan.book;
  const origin = { host: hostOf(journal), version, book: { digest, commit, dirty } };
  const [started, ended] = [journal[0]!.at, journal.at(-1)!.at];
  return {
    id: record.id,
    kind: plan.drill ? "drill" : "run",
    title: plan.title,
    started,
    ended,
    mode,
    origin,
    verdict: run.verdict,
    events,
    result: { ...runResult(run), startedAt: started, endedAt: ended },
    env: envOf(run, { origin, started, ended }),
    markdown: page(run),
    subjects: subjectsOf(facts, run),
  };
}

/** Text of result.env: what `--output-file` writes, byte for byte, so that the file is tied to its evidence. */
export const runEnvText = (input: Pick<EvidenceInput, "env">): string => writeEnv(input.env);
