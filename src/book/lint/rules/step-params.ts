import type { LintContext, LintRule } from "../../../model/book.ts";
import type { Finding } from "../../../model/finding.ts";
import { nearest } from "../../../model/nearest.ts";
import type { FaultSpec, RunbookSpec, StepBody, StepSpec } from "../../../model/runbook-spec.ts";
import type { Source } from "../../../model/source.ts";
import { brokenRule, wantedForm } from "../../../model/wanted.ts";
import { give } from "../give.ts";

/** Kinds that the engine does itself: they have no parameters of a kind. */
const OWN: ReadonlySet<string> = new Set(["manual", "wait", "approve", "runbook"]);

/**
 * A step or a fault of watchbook.yaml of a kind that does not exist (WB831), or with parameters that its kind does not take
 * (WB832): every plan of its runbook would refuse it.
 */
export const stepParams: LintRule = {
  codes: ["WB831", "WB832"],
  run: ({ config }, { steps, faults }) =>
    steps === undefined || faults === undefined
      ? []
      : firsts(
          config.runbooks.flatMap((spec) => [
            ...bodiesOf(spec).flatMap((one) => judge(one, steps)),
            ...spec.faults.flatMap((one) => judge(asked(spec, one), faults)),
          ]),
        ),
};

/** What a backup or a cluster says once stands in many steps of its runbooks: it is told once. */
function firsts(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, source, args }) => {
    const what = `${source.file} ${source.line} ${code} ${String(args["key"] ?? args["kind"])} ${String(args["problem"])}`;
    return !seen.has(what) && seen.add(what);
  });
}

interface Asked {
  readonly runbook: string;
  readonly id: string;
  readonly kind: string;
  readonly given: unknown;
  readonly source: Source;
}

const asked = ({ id: runbook }: RunbookSpec, { name, kind, with: given, source }: FaultSpec): Asked => ({
  ...{ runbook, id: name, kind, given, source },
});

/** Every step with a kind of its own, and the verifies and undos that are steps too. */
function bodiesOf(spec: RunbookSpec): readonly Asked[] {
  const named = (id: string, step: StepSpec, body: StepBody | string | undefined): readonly Asked[] => {
    if (body === undefined || typeof body === "string" || body.kind === undefined || OWN.has(body.kind)) return [];
    const { kind, with: given = {}, commands } = body;
    // A shell's script may be the manual's own block.
    const script = kind === "shell" && (commands !== undefined || given["script"] === undefined) ? { script: "-" } : {};
    return [{ runbook: spec.id, id, kind, given: { ...script, ...given }, source: step.source }];
  };
  return [...spec.steps, ...spec.add]
    .filter(({ skip }) => skip === undefined)
    .flatMap((step) => [
      ...named(step.id, step, step),
      ...named(`${step.id}/verify`, step, step.verify),
      ...named(`${step.id}/undo`, step, step.undo),
    ]);
}

function judge(
  { runbook, id, kind, given, source }: Asked,
  kinds: NonNullable<LintContext["steps"]>,
): readonly Finding[] {
  const schema = kinds.get(kind);
  if (schema === undefined) {
    const known = [...kinds.keys()];
    return [give("WB831", "error", source, { runbook, id, kind, near: nearest(kind, known) ?? known.join(", ") })];
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    const rule = brokenRule(issue);
    // A rule of ours by its name; anything else says itself what is wanted.
    const isNamed = rule !== undefined && /^[a-z]+(?:-[a-z]+)+$/.test(rule);
    const problem = isNamed ? `issue:${rule}` : (rule ?? wantedForm(issue) ?? issue.message);
    const key = issue.path.map(String).join(".") || "with";
    return give("WB832", "error", source, { runbook, id, kind, key, problem });
  });
}
