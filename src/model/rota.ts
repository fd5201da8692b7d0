import type { HolidayCalendar } from "./calendar.ts";
import type { Day } from "./session.ts";
import type { Source } from "./source.ts";
import type { Window } from "./window.ts";

/** How long one person of a layer has it: whole days as clocks show them, or hours that divide a day. */
export interface RotaTurn {
  readonly unit: "days" | "hours";
  readonly length: number;
}

/** People who follow each other. Without a turn it is always the first of them. */
export interface RotaLayer {
  readonly name: string;
  /** Ids, in order. */
  readonly people: readonly string[];
  readonly turn?: RotaTurn;
  /** IANA time zone of its dates and hours. */
  readonly zone: string;
  /** Time of day `09:00` at which one hands over to the next. */
  readonly at: string;
  /** First and last day, `2026-11-16`; absent: for ever. */
  readonly from?: string;
  readonly to?: string;
  /** Days on which it has anybody; hours that cross midnight belong to the day on which they begin. */
  readonly days?: readonly Day[] | "workdays" | "holidays";
  readonly hours?: Window;
  /** Says which days are worked. */
  readonly calendar?: HolidayCalendar;
}

/** A one-off replacement: whoever it would be, it is this person. Milliseconds since the epoch, the end not included. */
export interface RotaOverride {
  readonly id: string;
  readonly person: string;
  readonly begins: number;
  readonly ends: number;
  readonly reason: string;
  /** Who said so; absent: the book. */
  readonly by?: string;
}

/** Two persons take each other's shifts while it lasts. */
export interface RotaSwap {
  readonly id: string;
  readonly persons: readonly [string, string];
  readonly begins: number;
  readonly ends: number;
  readonly reason: string;
  readonly by?: string;
}

/** Who is reachable now. The first layer that has anybody counts; of overrides and swaps the last in the list. */
export interface Rota {
  readonly id: string;
  readonly title: string;
  /** Zone in which its times are shown. */
  readonly zone: string;
  readonly layers: readonly RotaLayer[];
  readonly overrides: readonly RotaOverride[];
  readonly swaps: readonly RotaSwap[];
  readonly source: Source;
}

/** Why it is this person. */
export type Because =
  | { readonly kind: "layer"; readonly layer: string }
  /** `instead` of whom, when there was anybody. */
  | {
      readonly kind: "override" | "swap";
      readonly id: string;
      readonly reason: string;
      readonly by?: string;
      readonly instead?: string;
    };

/** Nobody knows whether this day is worked: the calendar ends before it. */
export interface CalendarEnded {
  readonly kind: "calendar";
  readonly calendar: string;
  readonly knownUntil: string;
}

/** Who it is at one moment: a person, nobody, or not known; then everybody it may be. */
export type Answer =
  | { readonly state: "on"; readonly person: string; readonly because: Because }
  | { readonly state: "gap" }
  | { readonly state: "unknown"; readonly candidates: readonly string[]; readonly because: CalendarEnded };

/** The same, and until when: the first moment at which the answer is another. Absent: no end within 60 days. */
export type OnCall = Answer & { readonly until?: number };

/** An interval of one answer. Milliseconds since the epoch, the end not included. */
export interface Shift {
  readonly from: number;
  readonly until: number;
  readonly answer: Answer;
}
