// The human whom a run asks: looks at the target, and says what is true.
import { setTimeout as pause } from "node:timers/promises";
import type { Entry } from "../../src/model/journal.ts";
import type { Place } from "./place.ts";
import type { Asked } from "./subject.ts";

export interface Person {
  /** The answer, or undefined for what needs none. Waits until nothing of the attempt runs any more. */
  answer(run: string, asked: Asked): Promise<Entry | undefined>;
  /** Decisions asked for, each attempt once. */
  readonly questions: ReadonlySet<string>;
  /** Attempts that were to be done again. */
  readonly redone: ReadonlySet<string>;
}

export function person(places: ReadonlyMap<string, Place>): Person {
  const questions = new Set<string>();
  const redone = new Set<string>();
  return {
    questions,
    redone,
    answer: async (run, { kind, step = "", target = "", open }) => {
      if (kind === "tick") return { type: "tick", step, target, by: "mei", done: true, note: "" };
      if (kind !== "decision" || !open) return undefined;
      const place = places.get(target) ?? places.get("local")!;
      const attempt = `${step}@${target}.${open.purpose}.${open.attempt}`;
      const name = `${run} ${attempt}`;
      questions.add(name);
      while (place.runs(run, attempt)) await pause(10);
      const happened = place.lines().includes(`end ${name}`) ? "yes" : "redo";
      if (happened === "redo") redone.add(name);
      return { type: "decided", ...open, happened, by: "mei", note: "looked" };
    },
  };
}
