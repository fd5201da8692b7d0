// What happened on the targets, judged: pure, from lines alone.
import type { Plan, PlanStep } from "../../src/model/plan.ts";
import { begin } from "../../src/engine/run/core/fold.ts";

export interface Counts {
  /** A step that was complete was begun again, or one attempt twice. */
  readonly repeated: number;
  /** A step of an ended run left no whole effect, or the run did not end `done`. */
  readonly lost: number;
  /** A step that may not be repeated was begun again and nobody had decided so. */
  readonly undecided: number;
  /** What was wrong, one line each. */
  readonly wrongs: readonly string[];
}

export interface Played {
  readonly run: string;
  readonly plan: Plan;
  readonly state: string;
}

export interface Seen {
  readonly runs: readonly Played[];
  /** Effects of each target, in order. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
  /** `RUN STEP@TARGET.PURPOSE.NUMBER` that a person wanted done again. */
  readonly redone: ReadonlySet<string>;
}

interface Line {
  /** kill: of the process that drives the runs. */
  readonly what: "begin" | "end" | "boot" | "kill";
  readonly run: string;
  /** `STEP@TARGET.PURPOSE` */
  readonly task: string;
  readonly attempt: string;
}

/** A look in doubt, or one of many looks of a verify, has a further part to its number: it reads, and is not counted. */
function lineOf(text: string): Line | undefined {
  if (text === "boot" || text === "kill") return { what: text, run: "", task: "", attempt: "" };
  const found = /^(begin|end) (\S+) ((\S+@\S+\.(?:do|undo|verify|undo-verify))\.\d+)$/.exec(text);
  if (!found) return undefined;
  return { what: found[1] as "begin" | "end", run: found[2]!, attempt: found[3]!, task: found[4]! };
}

const OWN = new Set(["wait", "manual", "approve"]);

/** What each task of a run is expected to leave: its key, and the step that is performed. */
function* expected({ plan }: Played): Generator<readonly [task: string, step: PlanStep]> {
  const of = new Map([...plan.steps, ...plan.others].map((step) => [step.id, step]));
  for (const { step: id, target } of begin(plan).tasks) {
    const step = of.get(id)!;
    if (OWN.has(step.kind)) continue;
    yield [`${id}@${target}.do`, step];
    if (step.verify !== undefined) yield [`${id}@${target}.verify`, of.get(step.verify)!];
    if (step.until !== undefined) yield [`${id}@${target}.undo`, of.get(step.undo!)!];
  }
}

/** How one task went, from its own lines and the boots of its target. */
function judge(task: string, run: string, step: PlanStep, lines: readonly Line[], redone: ReadonlySet<string>) {
  const wrongs: { readonly kind: "repeated" | "undecided"; readonly text: string }[] = [];
  const begun = new Set<string>();
  const ended = new Set<string>();
  let last: string | undefined;
  let booted = false;
  // Begins since the driver was killed last.
  let since = Number.POSITIVE_INFINITY;
  // Reads share an exec and leave no receipt: what was read when the driver was killed may be read again, once; and what the
  // killed one had sent may still begin.
  const isRead = step.risk === "read" && task.endsWith(".do");
  const harmless = step.risk === "read" || step.idempotent;
  for (const { what, attempt } of lines) {
    if (what === "boot") booted = true;
    else if (what === "kill") since = 0;
    else if (what === "end") ended.add(attempt);
    else {
      since += 1;
      const reread = isRead && since <= 2;
      const excused =
        last !== undefined &&
        (redone.has(`${run} ${last}`) || (harmless && (booted || step.kind === "bare")) || reread);
      if (begun.has(attempt) && !reread) wrongs.push({ kind: "repeated", text: `${run} ${attempt} began twice` });
      else if (ended.size > 0 && !excused)
        wrongs.push({ kind: "repeated", text: `${run} ${attempt} repeats what was done` });
      else if (last !== undefined && !harmless && !excused)
        wrongs.push({ kind: "undecided", text: `${run} ${attempt} repeats what nobody decided` });
      begun.add(attempt);
      last = attempt;
      booted = false;
    }
  }
  return { wrongs, done: ended.size > 0, what: `${run} ${task}` };
}

/** Which target's file holds the lines of a task: steps of other scopes are done on `local`. */
const placeOf = (task: string, lines: Seen["lines"]): string => {
  const target = /@(.*)\.[a-z-]+$/.exec(task)![1]!;
  return lines.has(target) ? target : "local";
};

export function count({ runs, lines, redone }: Seen): Counts {
  const parsed = new Map([...lines].map(([target, texts]) => [target, texts.map(lineOf).filter((line) => !!line)]));
  const tally = { repeated: 0, lost: 0, undecided: 0 };
  const wrongs: string[] = [];
  for (const played of runs) {
    if (played.state !== "done") {
      tally.lost += 1;
      wrongs.push(`${played.run} ended ${played.state}`);
    }
    for (const [task, step] of expected(played)) {
      const own = parsed
        .get(placeOf(task, lines))!
        .filter(
          (line) => line.what === "boot" || line.what === "kill" || (line.run === played.run && line.task === task),
        );
      const found = judge(task, played.run, step, own, redone);
      for (const { kind, text } of found.wrongs) {
        tally[kind] += 1;
        wrongs.push(text);
      }
      // A verify that decided a doubt was a look.
      if (found.done || (task.endsWith(".verify") && own.every(({ what }) => what === "boot" || what === "kill")))
        continue;
      tally.lost += 1;
      wrongs.push(`${found.what} was lost`);
    }
  }
  return { ...tally, wrongs };
}
