import { delivered, later, type Delivery } from "../../../model/notice.ts";
import type { HttpAnswer } from "../../../model/notifier.ts";
import { byStatus, excerpt, LIMITED } from "./http.ts";

/** Judges a receiver that says `ok` in plain text when it took a message: whatever else it says with 200 is no receipt. */
export const okAnswer = (answer: HttpAnswer): Delivery =>
  byStatus(answer) ??
  (answer.body.trim() === "ok" ? delivered() : later(LIMITED, "unreadable", { detail: excerpt(answer.body) }));
