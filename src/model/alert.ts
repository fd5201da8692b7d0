import type { Args } from "./finding.ts";
import type { NoticeEvent } from "./notice.ts";
import type { Outside } from "./outside.ts";
import type { RuleForm } from "./rule.ts";
import type { Source } from "./source.ts";
import type { Unit } from "./unit.ts";

/** Why nobody is told of a firing alert now. */
export type Hold =
  /** A worse one fires on the same metric and target, or a service that this one needs is down. */
  | { readonly by: "worse" | "parent"; readonly alert: string; readonly title: string }
  /** A maintenance window, or the hours in which its severity stays quiet. */
  | { readonly by: "window" | "quiet"; readonly name: string }
  /** `run`: opened by one that changes its service. */
  | {
      readonly by: "silence";
      readonly silence: string;
      readonly author: string;
      readonly reason: string;
      readonly run?: string;
    };

/** Something that was decided about an alert. `why` is made from these and the notices. */
export interface Decision {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly did:
    | "fired"
    | "held"
    | "released"
    | "flapping"
    | "steady"
    | "unjudged"
    | "judged"
    | "acknowledged"
    | "expired"
    | "escalated"
    | "nobody"
    | "unreached"
    | "resolved"
    | "lapsed"
    | "closed"
    | "withdrawn";
  readonly args: Args;
}

/** Why a reading is what it is, where its number does not say it: key and values of i18n `checks.reasons`. */
export interface SeenReason {
  readonly reason: string;
  readonly args: Args;
}

/** Of the watcher itself: it cannot write, cannot see, or dies again and again. */
export const OWN_FORMS = ["own-disk", "own-network", "own-deaths"] as const;
export type OwnForm = (typeof OWN_FORMS)[number];

export type AlertForm = RuleForm | "channel" | "outside" | OwnForm;

/** One rule on one target that fires, from its first to its last moment. */
export interface Alert {
  /** Ten hexadecimal digits of key and start. */
  readonly id: string;
  /** Rule and target: at most one alert of a key is open. */
  readonly key: string;
  readonly rule: string;
  readonly title: string;
  readonly metric: string;
  readonly check: string;
  readonly target: string;
  readonly service?: string;
  readonly severity: string;
  /** Its service is gone. */
  readonly down: boolean;
  readonly runbook?: string;
  readonly source?: Source;
  /** Form of its rule; channel: a channel fails; outside: another system watches over it. */
  readonly form: AlertForm;
  /** What another system said of it. */
  readonly outside?: Outside;
  readonly unit?: Unit;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly ended?: number;
  readonly value?: number;
  /** What the check said when it began, or when it was last told otherwise. */
  readonly seen?: SeenReason;
  /** Changed too often: it counts as lasting until it keeps quiet. */
  readonly flapping?: true;
  readonly hold?: Hold;
  /** Oldest first; the first and the newest when there were too many. */
  readonly trail: readonly Decision[];
}

/** One rule on one target between two readings: what a restart must not forget. */
export interface Watch {
  readonly key: string;
  readonly phase: "ok" | "pending" | "firing";
  /** When the phase began, milliseconds since the epoch. */
  readonly since: number;
  /** Nothing could be judged since then. Never a recovery. */
  readonly blind?: number;
  /** When it went from bad to good or back, newest last. */
  readonly flips: readonly number[];
  /** Good again since then, but flapping: held. */
  readonly calm?: number;
  /** It is bad because the service is gone, when a reading said so last. */
  readonly gone?: true;
  readonly value?: number;
}

/** What rules, and later others, say of one key. */
export interface Signal extends Omit<Alert, "id" | "started" | "ended" | "hold" | "trail" | "flapping"> {
  readonly firing: boolean;
  readonly flapping: boolean;
  /** It fires and cannot be judged now. */
  readonly blind: boolean;
  /** Nobody asks for it any more: its rule left the book. */
  readonly withdrawn?: true;
}

/** Somebody who is told: a channel, and for whom it is meant. */
export interface Receiver {
  readonly channel: string;
  readonly person?: string;
}

/** What one receiver was told of a group. */
export interface Told extends Receiver {
  /** Ids told as firing whose end was not told yet. */
  readonly alerts: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** A notice of this group reached it for certain. */
  readonly heard?: true;
}

/** Where a group stands in its chain. */
export interface ChainState {
  readonly step: number;
  readonly round: number;
  /** When that step is due, milliseconds since the epoch. */
  readonly due: number;
}

/** Somebody has it: quiet for these alerts until they are over, or until its time is. */
export interface Acknowledged {
  readonly by: string;
  readonly at: number;
  readonly until: number;
  readonly alerts: readonly string[];
  readonly note?: string;
  /** Where the chain stood when it came to rest: who would have been told next. */
  readonly rested?: Pick<ChainState, "step" | "round">;
}

/** Alerts of one service (or target) and severity that are told together, from the first to the last. */
export interface AlertGroup {
  readonly id: string;
  readonly key: string;
  readonly subject: string;
  readonly severity: string;
  readonly opened: number;
  readonly ended?: number;
  /** Ids of all alerts that it told of, or is about to. */
  readonly members: readonly string[];
  readonly told: readonly Told[];
  /** When something was last told, milliseconds since the epoch. */
  readonly spoke?: number;
  readonly chain?: ChainState;
  /** Every alert of it is held: its chain begins anew when one is not. */
  readonly paused?: true;
  readonly ack?: Acknowledged;
  /** Who stood on call in the steps that were told, when that was last looked at. */
  readonly stood?: readonly string[];
  /** Notices planned so far. */
  readonly count: number;
  /** Links that were used: ids of notices. */
  readonly used: readonly string[];
}

/** An alert as a notice tells it. */
export interface AlertTold {
  readonly id: string;
  readonly title: string;
  readonly target: string;
  readonly check: string;
  readonly started: number;
  readonly ended?: number;
  readonly form: AlertForm;
  readonly value?: number;
  readonly seen?: SeenReason;
  readonly unit?: Unit;
  readonly flapping?: true;
  readonly runbook?: string;
  readonly source?: Source;
  /** What another system says of it, lines apart by `\n`, and its page there. */
  readonly note?: string;
  readonly page?: string;
  /** It counts as over because its source says it no more. */
  readonly lapsed?: true;
  /** A person ended it without knowing that it is over; or the book has its rule no more. */
  readonly closed?: { readonly by: string; readonly reason: string };
  readonly withdrawn?: true;
}

export interface Attempt {
  readonly at: number;
  readonly outcome: "delivered" | "later" | "refused";
  /** Key of i18n `notifiers.reasons`. */
  readonly reason?: string;
  readonly args?: Args;
  readonly receipt?: string;
}

/** By what somebody is told: step and round of a chain, and the channels that failed before. */
export interface Because {
  readonly chain: string;
  readonly step: number;
  readonly round: number;
  readonly rota?: string;
  /** No step: it was told of the beginning, and hears how it goes on. */
  readonly told?: true;
  readonly instead?: readonly string[];
  /** Of an incident: all channels that are told the same at the same time. */
  readonly beside?: readonly string[];
  /** Several notices are told as one: the channel takes no more than so many a minute. */
  readonly summed?: number;
}

/** One line of the notice log, and of the outbox while it waits. */
export interface NoticeRecord extends Receiver {
  readonly id: string;
  readonly group: string;
  readonly event: NoticeEvent;
  readonly subject: string;
  readonly severity: string;
  readonly rank: number;
  /** When it was decided, milliseconds since the epoch. */
  readonly at: number;
  readonly because: Because;
  /** At most thirty of them, worst first. */
  readonly alerts: readonly AlertTold[];
  /** All of them, by id. */
  readonly ids: readonly string[];
  /** Who acknowledged, in a notice of that. */
  readonly by?: string;
  /** dropped: over before anybody was told. given-up: tried for a day. */
  readonly state: "waiting" | "delivered" | "refused" | "dropped" | "given-up";
  /** When it is tried (again), milliseconds since the epoch. */
  readonly due: number;
  readonly attempts: readonly Attempt[];
  /** The next channel was told in its place. */
  readonly passed?: true;
  /** Position among the notices of its group. */
  readonly number: number;
  /** It tells of an incident, not of alerts; its group is the incident. */
  readonly incident?: IncidentTold;
}

/** What of an incident is told; said by i18n `incidents.told[what]`. */
export interface IncidentTold {
  readonly id: string;
  readonly what: string;
  readonly args: Args;
  readonly room?: string;
}
