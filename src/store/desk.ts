import type { Alert, AlertGroup, NoticeRecord, Watch } from "../model/alert.ts";
import type { Silence } from "../model/silence.ts";
import type { Cell } from "./protocol.ts";

/** Records of people's desks by sort: each is found by its id, by whether it is over, and by what it belongs to. */
export interface DeskRecords {
  readonly watch: Watch;
  readonly alert: Alert;
  readonly group: AlertGroup;
  readonly silence: Silence;
  readonly notice: NoticeRecord;
}
export type DeskSort = keyof DeskRecords;

/** One record of its sort. */
export type DeskRecord = { readonly [K in DeskSort]: { readonly of: K; readonly record: DeskRecords[K] } }[DeskSort];

/** Newest first. `open`: only what is not over; `under`: what belongs to it. */
export interface DeskQuery {
  readonly open?: boolean;
  readonly under?: string;
  readonly limit?: number;
}

interface Place {
  readonly id: string;
  readonly open: boolean;
  readonly at: number;
  readonly under: string;
}

function placeOf({ of, record }: DeskRecord): Place {
  switch (of) {
    case "watch":
      return { id: record.key, open: record.phase !== "ok" || record.blind !== undefined, at: record.since, under: "" };
    case "alert":
      return { id: record.id, open: record.ended === undefined, at: record.started, under: record.key };
    case "group":
      return { id: record.id, open: record.ended === undefined, at: record.opened, under: record.key };
    case "silence":
      return { id: record.id, open: record.ended === undefined, at: record.ends, under: "" };
    case "notice":
      break;
  }
  return { id: record.id, open: record.state === "waiting", at: record.at, under: record.group };
}

/** The columns of a record. */
export function deskCells(given: DeskRecord): readonly Cell[] {
  const { id, open, at, under } = placeOf(given);
  return [given.of, id, open ? 1 : 0, Math.trunc(at), under, JSON.stringify(given.record)];
}
