import type { Account, Emergency, SignIn } from "../model/account.ts";
import type { Alert, AlertGroup, NoticeRecord, Watch } from "../model/alert.ts";
import { isPending, type Incident } from "../model/incident.ts";
import { isOpenProblem, type Problem } from "../model/problem.ts";
import type { Silence } from "../model/silence.ts";
import type { Cell } from "./protocol.ts";

/** Records of people's desks by sort: each is found by its id, by whether it is over, and by what it belongs to. */
export interface DeskRecords {
  readonly watch: Watch;
  readonly alert: Alert;
  readonly group: AlertGroup;
  readonly silence: Silence;
  readonly notice: NoticeRecord;
  readonly account: Account;
  readonly "sign-in": SignIn;
  readonly emergency: Emergency;
  readonly incident: Incident;
  readonly problem: Problem;
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
      return { id: record.id, open: record.ended === undefined, at: record.ends, under: record.run ?? "" };
    case "account":
      return { id: record.person, open: true, at: record.made, under: "" };
    case "sign-in":
      return { id: record.id, open: record.ended === undefined, at: record.ends, under: record.person };
    case "emergency":
      return { id: record.id, open: record.ended === undefined, at: record.began, under: record.person };
    case "incident":
      return { id: record.id, open: isPending(record), at: record.declared, under: record.signature ?? "" };
    case "problem":
      return { id: record.id, open: isOpenProblem(record), at: record.opened, under: record.signature ?? "" };
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
