import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { clusterParams, type Cluster } from "./cluster/fields.ts";
import { memberIn, membersIn, membersOf, shown, wrongIn, type Member } from "./cluster/member.ts";
import { onMember } from "./cluster/send.ts";
import { Ended, ended, refused } from "./ending/ended.ts";

const own = {
  fault: z
    .strictObject({ kind: z.string().min(1), with: z.record(z.string(), z.unknown()).default({}) })
    .optional()
    .describe("Kind of fault and its parameters; default: what the kind of cluster does."),
  limit: z.int().min(1).describe("After so many seconds the target itself takes it away."),
};
const params = clusterParams(own);
type Params = Cluster & z.infer<z.ZodObject<typeof own>>;

const wantedOf = (given: Params, { kind, data }: Member) => given.fault ?? kind.fault(data);

/** The fault kind, for whoever is the primary. Throws Ended for what the book got wrong. */
function faultOf(given: Params, member: Member, { registry }: StepContext) {
  const wanted = wantedOf(given, member);
  const kind = registry.faults.get(wanted.kind);
  if (!kind) throw refused("fault-unknown", { fault: wanted.kind });
  const parsed = kind.params.safeParse(wanted.with);
  if (parsed.success) return { kind, data: parsed.data };
  const [issue] = parsed.error.issues;
  throw refused("fault-params", { fault: wanted.kind, detail: `${issue!.path.join(".")}: ${issue!.message}` });
}

async function hit(given: Params, context: StepContext) {
  if (context.attempt.purpose === "undo") {
    for (const member of membersIn(given, context, "PRIMARY")) {
      const { kind, data } = faultOf(given, member, context);
      await kind.remove(data, await onMember(context, member));
    }
    return { ending: "ok" as const };
  }
  const member = memberIn(given, context, "PRIMARY");
  const { kind, data } = faultOf(given, member, context);
  const there = await onMember(context, member);
  // Before the call: what a fault takes to bite is a part of the outage.
  const at = context.clock.monotonic();
  const { bit, facts, atNs = String(at) } = await kind.inject(data, there, given.limit * 1_000);
  context.log(Buffer.from(`${JSON.stringify({ fault: kind.kind, member: member.name, bit, ...facts })}\n`), "out");
  const detail = Object.entries(facts).map(([name, value]) => `${name} ${String(value)}`);
  if (!bit) throw new Ended("failed", "fault-did-not-bite", { fault: kind.kind, detail: detail.join(", ") || "-" });
  // Whoever starts the change by itself has detected nothing.
  return { ending: "ok" as const, outputs: { FAULT_AT_NS: atNs, DETECTION: "assumed" } };
}

function view(given: Params): string {
  if (wrongIn(given.kind, given.members).length > 0) return given.kind;
  const { kind, with: params } = wantedOf(given, membersOf(given)[0]!);
  return shown(given, `fault ${kind} $PRIMARY: ${JSON.stringify(params)} (<= ${given.limit} s)`);
}

/** Injects the fault of a drill into whoever is the primary, and proves that it bit. Outputs: FAULT_AT_NS, DETECTION. */
export const clusterFaultStep = defineStep<Params>({
  kind: "cluster-fault",
  params,
  made: true,
  view: (given) => ({ command: view(given), risk: "destructive", sudo: false }),
  perform: (given, context) => ended(context, () => hit(given, context)),
});
