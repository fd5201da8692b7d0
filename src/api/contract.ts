/** The contract of the HTTP API: every route with its schemas. OpenAPI 3.1 is generated from it; the console takes its types from here. */
export * from "./contract/access.ts";
export * from "./contract/alert.ts";
export * from "./contract/backup.ts";
export * from "./contract/book.ts";
export * from "./contract/change.ts";
export * from "./contract/channel.ts";
export * from "./contract/check.ts";
export * from "./contract/common.ts";
export * from "./contract/deliverable.ts";
export * from "./contract/duty.ts";
export * from "./contract/event.ts";
export * from "./contract/evidence.ts";
export * from "./contract/gap.ts";
export * from "./contract/handover.ts";
export * from "./contract/people.ts";
export * from "./contract/incident.ts";
export * from "./contract/manual.ts";
export * from "./contract/onboarding.ts";
export * from "./contract/plan.ts";
export * from "./contract/rota.ts";
export * from "./contract/run.ts";
export * from "./contract/runbook.ts";
export * from "./contract/service.ts";
export * from "./contract/status.ts";
export * from "./contract/target.ts";

export const INFO = {
  title: "watchbook",
  description:
    "An operations manual that runs. Times are milliseconds since the Unix epoch, durations seconds. Errors are RFC 9457 problems with code, sentence and next action.",
  license: { name: "Apache-2.0", identifier: "Apache-2.0" },
} as const;
