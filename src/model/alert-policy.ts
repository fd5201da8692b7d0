import type { Matcher } from "./silence.ts";
import type { Day } from "./session.ts";
import type { Source } from "./source.ts";
import type { Window } from "./window.ts";

/** One step of a chain. Whoever stands in `rotas` and `people` is told through channels of their own, else through `channels`. */
export interface EscalationStep {
  readonly channels: readonly string[];
  readonly rotas: readonly string[];
  readonly people: readonly string[];
  /** Until the next step, unless somebody acknowledges; milliseconds. */
  readonly waitMs: number;
}

/** Who is told, one after the other. */
export interface Escalation {
  readonly id: string;
  readonly steps: readonly EscalationStep[];
  /** How often all steps are gone through before it is only repeated now and then. */
  readonly rounds: number;
}
export interface EscalationSpec extends Escalation {
  readonly source: Source;
}

/** Hours, on some days, in which nobody is told of some alerts; as clocks of the book's zone show them. */
export interface MaintenanceSpec {
  readonly id: string;
  readonly days?: readonly Day[];
  readonly window: Window;
  readonly matchers: readonly Matcher[];
  readonly reason: string;
  readonly source: Source;
}

/** A severity as the pipeline of alerts uses it; the first of a scale is the worst. */
export interface AlertSeverity {
  readonly id: string;
  readonly chain: Escalation;
  /** Hours in which nobody is told. */
  readonly quiet?: Window;
}

/** Settings of watchbook.yaml `alerts:`; durations in milliseconds. */
export interface AlertSettings {
  /** Severities of the columns of threshold tables. */
  readonly warn?: string;
  readonly critical?: string;
  /** Every check alerts, also without a rule. */
  readonly every: boolean;
  /** How long nothing may be judged before that alerts; false: never. */
  readonly unknownMs: number | false;
  readonly unknown?: string;
  /** Before the first notice of a group that is not of the worst severity, and between its notices. */
  readonly waitMs: number;
  readonly updateMs: number;
  /** Between notices of what lasts and was not acknowledged. */
  readonly repeatMs: number;
  /** How long an acknowledgement holds. */
  readonly ackMs: number;
  /** So many changes in so long are flapping; over when calm for so long. */
  readonly flapping: { readonly changes: number; readonly windowMs: number; readonly calmMs: number };
  /** Channels that are tried, in this order, when one fails; absent: all of the book. */
  readonly fallback?: readonly string[];
  /** Where people reach this watchbook, for links in notices. */
  readonly url?: string;
}

export const ALERT_DEFAULTS: AlertSettings = {
  every: false,
  unknownMs: 300_000,
  waitMs: 10_000,
  updateMs: 300_000,
  repeatMs: 14_400_000,
  ackMs: 3_600_000,
  flapping: { changes: 6, windowMs: 1_800_000, calmMs: 600_000 },
};

/** Everything that decides who is told, made from a book. */
export interface AlertPolicy extends AlertSettings {
  /** Worst first. */
  readonly severities: readonly AlertSeverity[];
  readonly maintenance: readonly MaintenanceSpec[];
  /** What a service cannot do without, one hop. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  /** Channels of persons, by id. */
  readonly reach: ReadonlyMap<string, readonly string[]>;
  /** Every channel of the book, in its order. */
  readonly channels: readonly string[];
  readonly zone: string;
}

/** Who is on call by a rota at a moment: several where it is not known which of them; nobody is a gap. */
export type OnCall = (rota: string, at: number) => readonly string[];
