// Kills the process again and again while it drives runs, then counts on the targets what was done.
import { setTimeout as pause } from "node:timers/promises";
import { chance, type Chance } from "./chance.ts";
import { count, type Counts } from "./count.ts";
import { Ledger } from "./ledger.ts";
import { person } from "./person.ts";
import { targetAt, type Place } from "./place.ts";
import { chaosPlan } from "./plan.ts";
import type { Start } from "./process.ts";

export interface Campaign {
  readonly kills: number;
  readonly seed: number;
  readonly start: Start;
  readonly places: readonly Place[];
  readonly steps?: number;
  /** Plans have steps of a kind that leaves no receipt; for `engines`. */
  readonly bare?: boolean;
  /** Runs that go on at once. */
  readonly atOnce?: number;
  readonly log?: (line: string) => void;
}

export interface Result extends Counts {
  readonly kills: number;
  readonly runs: number;
  /** Decisions that a person was asked for. */
  readonly questions: number;
  /** What was wrong besides the counts: a refusal, a run without evidence. */
  readonly problems: readonly string[];
}

/** A process that was to die by itself and has nothing to die of is killed after this, milliseconds. */
const PATIENCE_MS = 4_000;
/** Without any word of a run for so long nothing will come any more, milliseconds. */
const STUCK_MS = 60_000;

/** How the next process dies: by itself at a point, or when its killer says so. */
function fate(of: Chance): { readonly point?: string; readonly afterMs: number } {
  if (of.below(2) === 0) return { afterMs: of.next() * 1_500 };
  const point = of.pick(["sent", "intent", "intent", "outcome", "outcome", "taken"]);
  return { point: `${point}:${1 + of.below(point === "taken" ? 2 : 12)}`, afterMs: PATIENCE_MS };
}

async function untilStuckOr(ledger: Ledger, over: () => boolean): Promise<void> {
  let heard = ledger.heard;
  for (let quiet = 0; !over(); quiet += 20) {
    await pause(20);
    if (ledger.heard !== heard) [heard, quiet] = [ledger.heard, 0];
    if (quiet > STUCK_MS) return;
  }
}

/** Kills; between them runs are added, so that `atOnce` go on. */
async function kill(given: Campaign, ledger: Ledger, of: Chance, fill: () => void): Promise<void> {
  const { kills, start, places, log } = given;
  for (let killed = 0; killed < kills && ledger.problems.length < 20;) {
    const { point, afterMs } = fate(of);
    const subject = await ledger.begin((hear) => start(hear, point));
    // Now and then it dies before it has taken up anything.
    const early = of.below(8) === 0;
    if (!early) await Promise.race([untilStuckOr(ledger, () => ledger.ready), subject.gone]);
    if (ledger.ready) fill();
    const counts = ledger.open.some(({ run }) => run !== "");
    await Promise.race([pause(afterMs), subject.gone]);
    subject.send("SIGKILL");
    if (!(await subject.gone)) ledger.problems.push("it ended by itself");
    else if (counts) killed += 1;
    for (const place of places) place.killed();
    if (of.below(8) === 0) await of.pick(places).reboot();
    if (counts && killed % 20 === 0) log?.(`${killed} kills, ${ledger.going.size} runs`);
  }
}

/** Lets all runs come to their end; where answers are heard by the next process only, there are several. */
async function finish({ start }: Campaign, ledger: Ledger): Promise<void> {
  for (let stuck = false; !stuck && !ledger.over;) {
    const subject = await ledger.begin((hear) => start(hear));
    await untilStuckOr(ledger, () => (stuck = ledger.over && ledger.ready) || subject.owed() > 0);
    stuck ||= subject.owed() === 0;
    subject.send("SIGKILL");
    await subject.gone;
  }
}

export async function campaign(given: Campaign): Promise<Result> {
  const { kills, seed, places, steps = 50, atOnce = 3, bare = false } = given;
  const of = chance(seed);
  const human = person(new Map(places.map((place) => [place.name, place])));
  const ledger = new Ledger(human);
  let made = 0;
  const fill = (): void => {
    while (ledger.open.length < atOnce) {
      made += 1;
      const targets = places.map((place) => targetAt(place, `service-${made}`));
      ledger.create(chaosPlan({ chance: of, steps, targets, workMs: 120, bare }));
    }
  };
  await kill(given, ledger, of, fill);
  await finish(given, ledger);
  const runs = [...ledger.going.values()].filter(({ run }) => run !== "");
  for (const { run, evidence } of runs) if (!evidence) ledger.problems.push(`${run} has no evidence`);
  const lines = new Map(places.map((place) => [place.name, place.lines()]));
  const counts = count({ runs, lines, redone: human.redone });
  return { ...counts, kills, runs: runs.length, questions: human.questions.size, problems: ledger.problems };
}
