import { z } from "zod";
import { ON_FAIL, SCOPES } from "../../model/plan.ts";
import { PARAMETER_TYPES } from "../../model/runbook-spec.ts";
import { RISKS } from "../../model/states.ts";
import { duration, id, isRegex, like, text } from "./forms.ts";
import { batch, rollout as strategy, twiceSized } from "./rollout-schema.ts";

/** Id of a step (`SOP-02/3`, `gw-restart`), or its number in the runbook. */
export const stepId = like(/^[\p{L}\p{N}][^\s]{0,160}$/u, "SOP-02/3");
/** The same where it is a value: YAML reads a number as one. */
const stepRef = z.union([stepId, z.int("3").min(1, "3")], "SOP-02/3 | 3");
const scalar = z.union([z.string('"…"'), z.number(), z.boolean()], '"…"');
const name = like(/^[\p{L}_][\p{L}\p{N}_-]{0,63}$/u, "version");
const count = z.int("3").min(1, "3");

export const gate = z.strictObject({
  roles: z.array(text).optional().describe("Roles that may agree; default: any person with a key."),
  quorum: count.optional().describe("Different people needed. Default 1."),
  expires: duration.optional().describe("After this an unanswered question counts as no. Default 1d."),
  requesterMay: z.boolean("true").optional().describe("Whoever asked for the run may agree. Default false."),
});

/** Approval, or none. */
export const approval = z.union([z.literal(false), gate], "false | { roles: [ops] }");

const rollout = {
  targets: z
    .array(id)
    .min(1, "[db-1]")
    .optional()
    .describe("Targets it may reach, by name; default: all of the environment."),
  parallel: count.optional().describe("Targets of one batch worked on at a time. Default 5."),
  batches: z
    .union(
      [z.literal("first").describe("One target first, then the rest."), batch, z.array(batch).min(1, '[1, "25%"]')],
      'first | 2 | "25%" | [1, "25%"]',
    )
    .optional()
    .describe(
      "Sizes of the batches, numbers of targets or parts of all of them; the last one is repeated. Default: one first when something is changed.",
    ),
  rollout: strategy.optional().describe("How a new version goes out; takes the place of batches."),
  maxFailures: z.int("0").min(0, "0").optional().describe("Targets that may fail before the run stops. Default 0."),
  lock: text
    .optional()
    .describe(
      "Word that takes the service's place in the lock; runs with the same lock on one target wait for nobody, they are refused.",
    ),
  approval: approval.optional().describe("Approval before the first change; false: none, whatever the posture wants."),
  cwd: text.optional().describe("Directory its commands start in, where the manual names none or another one."),
};

const body = {
  kind: text.optional().describe("Kind of step; default: shell for commands, manual for what a person does."),
  with: z.record(z.string(), z.unknown(), "{ … }").optional().describe("Parameters of the kind."),
  title: text.optional().describe("Words for people."),
  risk: z.enum(RISKS).optional().describe("Risk class; default: what the commands show."),
  idempotent: z.boolean("true").optional().describe("Doing it twice has the effect of once."),
  timeout: duration.optional().describe("Hard limit of one attempt; for a command that never ends, its time box."),
  sudo: z.boolean("true").optional().describe("It needs root."),
  scope: z.enum(SCOPES).optional().describe("Done on each target, once per batch, or once in the run. Default target."),
  cwd: text.optional().describe("Directory it starts in."),
};

const named = z.union([stepId, z.int("3").min(1, "3"), z.strictObject(body)], "SOP-02/6 | { kind: … }");

const step = z.strictObject({
  ...body,
  retry: z
    .strictObject(
      {
        times: count.describe("Attempts after the first."),
        delay: duration.optional().describe("Before the second attempt; doubled each time. Default 5s."),
        max: duration.optional().describe("Longest pause. Default 5m."),
      },
      "{ times: 3 }",
    )
    .optional()
    .describe("Only for steps that read or are idempotent."),
  verify: named.optional().describe("Step that tells whether it took effect."),
  undo: named.optional().describe("Step that undoes it."),
  declares: z
    .boolean("true")
    .optional()
    .describe("The verify tells a state that only this step brings about; it decides doubts after a crash."),
  within: duration.optional().describe("Time in which the verify must turn green. Default: asked once."),
  onFail: z.enum(ON_FAIL).optional().describe("What a failure does."),
  approval: gate.optional().describe("Approval before this step."),
  until: stepRef.optional().describe("Undone as soon as the step with this id has ended."),
  outputs: z
    .array(like(/^[A-Za-z_]\w*$/, "NAME"))
    .optional()
    .describe("Values that later steps find as variables."),
  targets: z.array(id).min(1, "[db-1]").optional().describe("The only targets it is done on."),
  banner: text.optional().describe("Warning shown before it."),
  phase: text.optional().describe("Phase it belongs to."),
  skip: text.optional().describe("Left out of every plan; the text says why."),
});

export const added = step.extend({
  before: stepRef.optional().describe("Step before which it stands."),
  after: stepRef.optional().describe("Step behind which it stands; default: at the end."),
});

const parameter = z.strictObject({
  type: z.enum(PARAMETER_TYPES).optional().describe("Default text; choice when there are choices."),
  title: text.optional().describe("What it is, for people."),
  default: scalar.optional().describe("Value when none is given; of a secret its reference."),
  choices: z.array(scalar).min(1, "[a, b]").optional().describe("The only values it may have."),
  pattern: text.refine(isRegex, "^\\d+$").optional().describe("Regular expression that the whole value must match."),
  for: text.optional().describe("Text in the commands that the value stands for: a placeholder, a date."),
});

export const fault = z.looseObject({
  kind: text.describe("Kind of fault, see docs/faults.md; its parameters follow."),
  step: stepRef.optional().describe("Step before which it belongs; default: any."),
  limit: duration.optional().describe("After this the target itself removes it. Default 10m."),
});

const environment = z.strictObject({
  ...rollout,
  params: z.record(name, scalar).optional().describe("Values that take the place of defaults there."),
});

/** One runbook of the manual. */
export const runbook = z
  .strictObject({
    ...rollout,
    service: id.optional().describe("Service it works on; default: that of its document."),
    params: z
      .record(name, z.union([parameter, z.null()]))
      .optional()
      .describe("Values it must be given, by name. They reach commands as variables, never as text."),
    onFail: z.enum(ON_FAIL).optional().describe("What a failure does, where the step does not say it."),
    maintenance: z
      .boolean("true | false")
      .optional()
      .describe(
        "Whether nobody is told of its service's alerts while a run changes it. Default: yes for restores, upgrades, rollbacks, failovers, deployments, restarts and others; no for backups, looks and emergencies.",
      ),
    undo: z
      .union([z.literal(false), id], "false | rollback")
      .optional()
      .describe("Runbook that undoes this one as a whole; false: none."),
    steps: z
      .record(stepId, step)
      .optional()
      .describe("What the manual does not say of its steps, by their id or number."),
    add: z.record(stepId, added).optional().describe("Steps that the manual does not have, by id."),
    faults: z.record(id, fault).optional().describe("Faults that may be injected, by name."),
    environments: z.record(id, environment).optional().describe("What is different in one environment, by its id."),
  })
  .superRefine((given, context) => {
    for (const { path, expected } of twiceSized(given))
      context.addIssue({ code: "custom", path: [...path], message: expected });
  });
export type RawRunbook = z.output<typeof runbook>;
export type RawStep = z.output<typeof added>;
export type RawBody = z.output<typeof step>;
