import type { SeenReason } from "./alert.ts";
import type { Receiver } from "./alert.ts";
import type { Args } from "./finding.ts";
import type { Schedule } from "./schedule.ts";
import type { Outcome } from "./states.ts";

/**
 * confirming: nobody knows yet whether users are hit · open: somebody works on it · resolved: the user's path is green, the
 * review is owed · closed: the review was held.
 */
export const INCIDENT_STATES = ["confirming", "open", "resolved", "closed"] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/** Both clocks of an incident. */
export const CLOCKS = ["respond", "resolve"] as const;
export type ClockName = (typeof CLOCKS)[number];

/** What an incident was declared from; what is known of the rule or symptom makes its signature. */
export type IncidentOrigin =
  | { readonly kind: "alert"; readonly alert: string; readonly rule: string; readonly check: string }
  | { readonly kind: "symptom"; readonly symptom: string }
  | { readonly kind: "hand" };

/** A time in which clocks stand still, and why. Milliseconds since the epoch. */
export interface Pause {
  readonly id: string;
  readonly clocks: readonly ClockName[];
  readonly from: number;
  readonly to?: number;
}

/** One limit of an incident: what was promised when it was declared, or when its priority was changed. */
export interface Limit {
  /** Working time of its schedule, milliseconds. */
  readonly ms: number;
  /** Told that it is nearly used up, and that it is. */
  readonly warned?: true;
  readonly broken?: true;
}

/**
 * What clocks are computed from, never counted: the same after a restart. When the wall clock was set its moments move with it,
 * the timeline's do not. Milliseconds since the epoch.
 */
export interface IncidentClocks {
  /** When it was noticed: both clocks run from here. */
  readonly since: number;
  readonly acknowledged?: number;
  readonly resolved?: number;
  readonly schedule: Schedule;
  readonly limits: { readonly [K in ClockName]?: Limit };
  readonly pauses: readonly Pause[];
}

/** A reading of the user's path. Unknown is never green. */
export interface PathReading {
  readonly check: string;
  readonly target: string;
  readonly outcome: Outcome;
  readonly at: number;
  readonly reason?: string;
}

/** What somebody says of the user's path where nothing measures it, signed with a key of the book. */
export interface SignedWord {
  readonly person: string;
  readonly says: "green" | "red";
  readonly reason: string;
  readonly at: number;
  readonly text: string;
  readonly signature: string;
  readonly fingerprint: string;
}

export const ENTRY_KINDS = [
  "declared",
  "path",
  "confirmed",
  "word",
  "acknowledged",
  "alert-fired",
  "alert-cleared",
  "alert-ended",
  "alert-acknowledged",
  "alert-flood",
  "check-changed",
  "run-begun",
  "run-ended",
  "note",
  "assigned",
  "priority",
  "paused",
  "resumed",
  "linked",
  "warned",
  "broken",
  "resolved",
  "reopened",
  "review",
  "action",
  "action-done",
  "published",
  "retracted",
  "closed",
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One line of a timeline. What it said first is never lost. */
export interface TimelineEntry {
  readonly id: string;
  /** Milliseconds since the epoch, as clocks showed it. */
  readonly at: number;
  readonly kind: EntryKind;
  /** Who; absent: watchbook itself. */
  readonly by?: string;
  readonly args: Args;
  /** Somebody's own words. */
  readonly text?: string;
  readonly pinned?: true;
  readonly hidden?: { readonly at: number; readonly by: string; readonly reason: string };
  /** What it said before, oldest first. */
  readonly edits?: readonly { readonly at: number; readonly by: string; readonly before: string }[];
}

/** Work that a review asks for, until it is done. */
export interface IncidentAction {
  readonly id: string;
  readonly text: string;
  readonly owner: string;
  /** `2026-12-01` */
  readonly due: string;
  readonly by: string;
  readonly at: number;
  readonly done?: { readonly at: number; readonly by: string; readonly text: string };
}

/** What everybody may read of it. */
export interface PublicUpdate {
  readonly at: number;
  readonly by: string;
  readonly state: "investigating" | "identified" | "monitoring" | "resolved";
  readonly text: string;
  /** Taken back: shown to nobody outside any more, kept with the reason. */
  readonly retracted?: { readonly at: number; readonly by: string; readonly reason: string };
}

/** An alert that belongs to it. */
export interface LinkedAlert {
  readonly id: string;
  readonly title: string;
  readonly check: string;
  readonly target: string;
  readonly started: number;
  readonly ended?: number;
  /** What its check said. */
  readonly seen?: SeenReason;
}

/** A declared disturbance. Times are milliseconds since the epoch. */
export interface Incident {
  /** `inc-20261121-01`; of a drill `inc-sim-20261121-01`. */
  readonly id: string;
  readonly title: string;
  readonly state: IncidentState;
  readonly priority: string;
  /** Place of the priority in its scale: 0 is the worst. */
  readonly rank: number;
  readonly service?: string;
  /** Of a kind with contacts of its own: `security`. */
  readonly class?: string;
  readonly origin: IncidentOrigin;
  /** The same for every incident of one service and rule or symptom; absent when it was declared by hand. */
  readonly signature?: string;
  readonly simulated?: true;
  readonly declared: number;
  readonly by: string;
  readonly clocks: IncidentClocks;
  readonly roles: Readonly<Record<string, string>>;
  /** Address of the room in which people meet. */
  readonly room?: string;
  /** The procedure for incidents and the revision of the book at that moment. */
  readonly sop?: { readonly file: string; readonly book: string; readonly commit: string | null };
  /** Checks that measure the user's path; none: only a person can say. */
  readonly path: readonly string[];
  /** The newest reading of each, and the newest word of a person. */
  readonly readings: readonly PathReading[];
  readonly word?: SignedWord;
  readonly alerts: readonly LinkedAlert[];
  readonly runs: readonly string[];
  readonly problem?: string;
  readonly timeline: readonly TimelineEntry[];
  /** Entries that were left out because there were too many. */
  readonly left?: number;
  readonly review?: { readonly owner: string; readonly due: string; readonly held?: number; readonly by?: string };
  readonly actions: readonly IncidentAction[];
  readonly published: readonly PublicUpdate[];
  /** Everybody who was told of it: the end goes to all of them. */
  readonly told: readonly Receiver[];
  /** Notices and entries so far. */
  readonly count: number;
  readonly entries: number;
  /** Path of its evidence, once it is written. */
  readonly evidence?: string;
}

/** Whether anybody still has to do something about it. */
export const isPending = ({ state, actions, evidence }: Incident): boolean =>
  state !== "closed" || evidence === undefined || actions.some(({ done }) => done === undefined);

/** Whether users may be hit now. */
export const isGoingOn = ({ state }: Pick<Incident, "state">): boolean => state === "confirming" || state === "open";
