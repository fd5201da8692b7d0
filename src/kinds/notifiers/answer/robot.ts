import { delivered, later, refused, type Delivery } from "../../../model/notice.ts";
import type { HttpAnswer } from "../../../model/notifier.ts";
import { byStatus, excerpt, LIMITED } from "./http.ts";
import { jsonOf, textOf } from "./json.ts";

/** How a chat robot tells in a 200 that it did not take a message. */
export interface RobotCodes {
  /** Fields that hold the code, the first that is there counts; 0 is taken. */
  readonly code: readonly string[];
  readonly message: readonly string[];
  /** Codes of limits and faults that pass, each with the milliseconds to wait. */
  readonly later: Readonly<Record<string, number>>;
  /** Codes with a sentence of their own: keys of i18n `notifiers.reasons`. */
  readonly known: Readonly<Record<string, string>>;
}

/** Judges the answer of a robot that answers 200 to everything. */
export function robotAnswer(answer: HttpAnswer, codes: RobotCodes): Delivery {
  const document = jsonOf(answer.body);
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => textOf(document, name)).find((value) => value !== undefined);
  const code = first(codes.code);
  if (code === undefined) return byStatus(answer) ?? later(LIMITED, "unreadable", { detail: excerpt(answer.body) });
  if (code === "0") return byStatus(answer) ?? delivered();
  const args = { code: excerpt(code), detail: excerpt(first(codes.message) ?? "") };
  const wait = Object.hasOwn(codes.later, code) ? codes.later[code] : undefined;
  if (wait !== undefined) return later(wait, "robot-busy", args);
  if (answer.status >= 500 || answer.status === 429) return byStatus(answer)!;
  return refused(Object.hasOwn(codes.known, code) ? codes.known[code]! : "robot-refused", args);
}
