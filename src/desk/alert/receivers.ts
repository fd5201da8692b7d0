import type { Escalation, EscalationStep } from "../../model/alert-policy.ts";
import type { Receiver } from "../../model/alert.ts";
import type { Work } from "./desk.ts";

/** Somebody to tell, and the rota that named the person. */
export interface Called extends Receiver {
  readonly rota?: string;
}

export const receiverKey = ({ channel, person }: Receiver): string => JSON.stringify([channel, person ?? null]);
export const sameReceiver = (a: Receiver, b: Receiver): boolean => a.channel === b.channel && a.person === b.person;

/** Channels that fail now. */
export const failing = ({ watches }: Pick<Work, "watches">): ReadonlySet<string> =>
  new Set(
    [...watches.values()].flatMap(({ key, phase }) =>
      key.startsWith(CHANNEL) && phase === "firing" ? [key.slice(CHANNEL.length)] : [],
    ),
  );

export const CHANNEL = "channel@";

/** The channel whose own failing a group is about: it is not told through that. */
export const deaf = (subject: string): string | undefined =>
  subject.startsWith(CHANNEL) ? subject.slice(CHANNEL.length) : undefined;

const personal = (work: Calling, step: EscalationStep, person: string, rota?: string): Called[] => {
  const own = work.policy.reach.get(person) ?? [];
  return (own.length > 0 ? own : step.channels).map((channel) => ({
    channel,
    person,
    ...(rota !== undefined && { rota }),
  }));
};

/** What is needed to know who stands in a step. */
export type Calling = Pick<Work, "policy" | "onCall" | "now">;

/** Who stands in a step now, each once; the rotas in which nobody does, and people to whom no channel leads. */
export interface Standing {
  readonly called: readonly Called[];
  readonly gaps: readonly string[];
  readonly unreached: readonly string[];
}

export function calledBy(work: Calling, step: EscalationStep, subject: string): Standing {
  const gaps: string[] = [];
  const meant: string[] = [...step.people];
  const onCall = step.rotas.flatMap((rota) => {
    const people = work.onCall(rota, work.now);
    if (people.length === 0) gaps.push(rota);
    meant.push(...people);
    return people.flatMap((person) => personal(work, step, person, rota));
  });
  const people = step.people.flatMap((person) => personal(work, step, person));
  const named = new Set([...onCall, ...people].map(({ channel }) => channel));
  // A channel that tells a person by name need not be told again without one.
  const plain = step.channels.filter((channel) => !named.has(channel)).map((channel): Called => ({ channel }));
  const unique = new Map([...onCall, ...people, ...plain].map((one) => [receiverKey(one), one]));
  const called = [...unique.values()].filter(({ channel }) => channel !== deaf(subject));
  const reached = new Set(called.map(({ person }) => person));
  return { called, gaps, unreached: [...new Set(meant)].filter((person) => !reached.has(person)) };
}

/** The step of a chain; one that the book has no more is its last. */
export const stepOf = ({ steps }: Escalation, step: number): EscalationStep => steps[Math.min(step, steps.length - 1)]!;
