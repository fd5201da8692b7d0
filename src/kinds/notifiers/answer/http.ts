import { later, refused, type Delivery } from "../../../model/notice.ts";
import type { HttpAnswer } from "../../../model/notifier.ts";
import { printable } from "../../../model/printable.ts";
import { clip } from "../text/cut.ts";

/** How long to wait where the receiver names no time, milliseconds. */
export const SOON = 15_000;
export const LIMITED = 60_000;
/** No receiver may put us off for longer. */
const MOST = 3_600_000;

/** The receiver's own words, on one line, without signs that a terminal obeys. */
export const excerpt = (body: string): string => clip(printable(body).trim(), 200).toWellFormed();

const within = (ms: number): number => Math.min(MOST, Math.max(1_000, Math.ceil(ms)));

/** Milliseconds of Retry-After: seconds, or a date, which is counted from the receiver's own clock. */
export function retryAfter({ headers }: HttpAnswer, otherwise = LIMITED): number {
  const given = headers["retry-after"]?.trim() ?? "";
  if (/^\d+(?:\.\d+)?$/.test(given)) return within(Number(given) * 1_000);
  const left = Date.parse(given) - Date.parse(headers["date"] ?? "");
  return Number.isNaN(left) ? otherwise : within(left);
}

/** What the status alone says; undefined: the receiver took it, as far as HTTP goes. */
export function byStatus(answer: HttpAnswer): Delivery | undefined {
  const { status, body } = answer;
  if (status >= 200 && status < 300) return undefined;
  const args = { status, detail: excerpt(body) };
  if (status === 429) return later(retryAfter(answer), "limited", args);
  if (status === 503) return later(retryAfter(answer, SOON), "receiver-fault", args);
  if (status >= 500 || status === 408 || status === 425) return later(SOON, "receiver-fault", args);
  if (status >= 300 && status < 400) return refused("redirect", { status, host: hostOf(answer.headers["location"]) });
  return refused("not-taken", args);
}

/** Of an address that may hold secrets only the host is told. */
const hostOf = (location: string | undefined): string =>
  location !== undefined && URL.canParse(location) ? new URL(location).host : "-";
