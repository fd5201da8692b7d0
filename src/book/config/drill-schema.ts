import { z } from "zod";
import { duration, id, isDay, like, text } from "./forms.ts";
import { added, fault, gate, stepId } from "./runbook-schema.ts";

const WHEN = /^\d{4}-\d{2}-\d{2}(?: (?:[01]\d|2[0-3]):[0-5]\d)?$/;
const EXAMPLE = '2026-12-20 | "2026-12-20 18:00"';

/** A date, or a moment of one. */
export const when = like(WHEN, EXAMPLE).refine(isDay, EXAMPLE);

/** A time in which no drill begins and no fault is injected. */
export const freeze = z
  .strictObject({
    from: when.describe("First day, or first moment, in the book's zone."),
    to: when.optional().describe("Last day, or the moment at which it is over. Absent: until it is taken out again."),
    reason: text.describe("Why; shown to whoever is refused."),
    incident: text.optional().describe("Name of the incident that is going on."),
    environments: z.array(id).min(1, "[prod]").optional().describe("Environments in which it holds; default: all."),
  })
  .refine(({ from, to }) => to === undefined || to >= from, "from <= to");

const checks = z.array(id).min(1, "[shop-up]");

const detect = z.strictObject({
  check: id.describe("Check that must notice the fault, by id."),
  every: duration.optional().describe("Between two looks: how exact the time is. Default 1s."),
  within: duration.optional().describe("Time in which it must have noticed. Default 1m."),
});

const broken = fault.omit({ step: true }).extend({
  targets: z.array(id).min(1, "[web-1]").optional().describe("Where it is injected; default: as the drill's targets."),
});

/** What drills of one runbook are held to, or a drill of its own. */
export const drill = z
  .strictObject({
    title: text.optional().describe("Words for people; default: the id."),
    service: id.optional().describe("Service it belongs to."),
    window: like(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/, '"02:00-05:00"')
      .optional()
      .describe("Hours, in the book's zone, in which it may begin in a protected environment; it may cross midnight."),
    approval: gate.optional().describe("Approval that it needs there; default: one person with a key."),
    steady: checks.optional().describe("Checks, by id, that are green before it begins and again when it is over."),
    settle: duration.optional().describe("Time in which they must be green again. Default 1m."),
    hold: duration.optional().describe("Time for which they must then stay so. Default 2s."),
    guards: checks.optional().describe("Checks, by id, that must stay green while it goes on: else it is broken off."),
    every: duration.optional().describe("Between two looks at a guard. Default 5s."),
    detect: z
      .union([id, detect], "shop-up | { check: shop-up, every: 1s }")
      .optional()
      .describe("Check that must notice the fault."),
    fault: broken.optional().describe("A drill of its own: kind of fault and its parameters, see docs/faults.md."),
    lasts: duration.optional().describe("How long the fault stays where no step puts it right. Default 2s."),
    recover: z
      .record(stepId, added)
      .optional()
      .describe("Steps that put it right; default: the fault is taken away when it was noticed."),
  })
  .refine(
    ({ recover, lasts, fault: own }) => (recover ?? lasts) === undefined || own !== undefined,
    "fault: { kind: … }",
  );
export type RawDrill = z.output<typeof drill>;
