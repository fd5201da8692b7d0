export { eventPeriod, everyOf, periodAfter, periodBounds, periodOf } from "./period.ts";
export { missedPeriods } from "./missed.ts";
export type { Missed } from "./missed.ts";
export { nextDuty } from "./next.ts";
export type { DutyEffect, DutyEvent, DutyStep } from "./next.ts";
