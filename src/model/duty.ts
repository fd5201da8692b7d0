import type { Bands } from "./check.ts";
import type { Every } from "./every.ts";
import type { Source } from "./source.ts";
import type { DutyState, Verdict } from "./states.ts";
import type { Window } from "./window.ts";

/** A check that could judge an item, as far as the item's own words say it. */
export interface Proposal {
  readonly kind: string;
  /** Values the item names, by parameter of the kind. What only a person knows stands in angle brackets, or is absent. */
  readonly params: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly bands?: Bands;
}

/** One line of a duty: judged by checks, or ticked by a person. */
export interface DutyItem {
  readonly id: string;
  readonly text: string;
  readonly source: Source;
  /** Ids of checks that judge this item; empty: a person must tick it. */
  readonly checks: readonly string[];
  /** Metric words found in the text that no check serves yet; the report names the line to add. */
  readonly needs: readonly string[];
  /** Checks that together could judge what none serves yet, when its words are understood; the report names the lines. */
  readonly proposals?: readonly Proposal[];
  /** Consoles where only a person can look at what checks of the book would measure there. */
  readonly consoles?: readonly string[];
  /** The item asks for work, not for a look: only a person can say that it is done. */
  readonly work?: true;
}

/** Work due by calendar or by event. */
export interface Duty {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  readonly kind: "inspection" | "checklist" | "drill" | "backup";
  /** The runbook by which it is done; absent: its items are looked at. */
  readonly run?: { readonly runbook: string; readonly environment: string };
  /** Absent: the manual does not say how often; it stays a manual checklist (WB210). */
  readonly every?: Every;
  readonly items: readonly DutyItem[];
  /** Pattern of the report's path, for example `5-reports/inspections/infra-daily-inspection-YYYYMMDD.md`. */
  readonly report?: string;
  /** Role or person who must tick what a machine cannot judge. */
  readonly owner?: string;
  /** Time of day `HH:MM` in the book's zone at which a daemon does it; default 09:00. */
  readonly at?: string;
  /** Hours in which a daemon begins it; a period whose hours are over is missed. */
  readonly window?: Window;
  readonly service?: string;
}

/** One duty in one period; exactly one exists per (duty, period). */
export interface DutyRecord {
  readonly duty: string;
  /** `2026-11-20`, `2026-W47`, `2026-11`, `2026-Q4`, `2026`, `2026-11-20T08` or, for events, an id. */
  readonly period: string;
  readonly state: DutyState;
  readonly verdict?: Verdict;
  /** Runs of this duty in this period, in order: ids of inspections. */
  readonly runs: readonly string[];
  readonly by?: string;
  /** Grows by one with each commit; the store refuses a commit made on an older one. */
  readonly revision: number;
  readonly updated: number;
}
