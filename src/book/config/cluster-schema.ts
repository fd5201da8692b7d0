import { z } from "zod";
import { duration, id, like, text } from "./forms.ts";
import { added, stepId } from "./runbook-schema.ts";

const number = (most: number, example: string) => z.int(example).min(1, example).max(most, example);
/** Known to servers as well, which take no more than these signs. */
const memberName = like(/^[a-z][a-z0-9_-]{0,40}$/, "pg1");

const member = z.strictObject({
  target: id.optional().describe("Target it runs on; default: local."),
  with: z.record(z.string(), z.unknown(), "{ … }").optional().describe("Parameters of its own, see docs/clusters.md."),
});

const load = z.strictObject({
  rate: number(5_000, "200").optional().describe("Writes a second, by all connections. At least 50. Default 200."),
  connections: number(64, "4").optional().describe("Connections that write. At least 4. Default 4."),
  before: duration.optional().describe("How long they write before the fault. At least 3s, the default."),
});

/** One cluster: a primary, and those who follow it. */
export const cluster = z
  .strictObject({
    kind: text.describe("Kind of cluster, see docs/clusters.md."),
    title: text.optional().describe("Words for people; default: the id."),
    service: id.optional().describe("Service it belongs to."),
    members: z.record(memberName, member).describe("Its servers, by the name under which they follow."),
    with: z.record(z.string(), z.unknown(), "{ … }").optional().describe("Parameters of all members."),
    synchronous: z
      .boolean("true")
      .optional()
      .describe(
        "A commit waits for a second member. Without one the primary goes on alone until it is back. Default false.",
      ),
    repoint: z
      .record(stepId, added)
      .optional()
      .describe(
        "Steps that send who writes to the new primary: a file and a reload. On this machine unless they say where.",
      ),
    probes: z.record(stepId, added).optional().describe("Steps that must end well when all is over."),
    load: load.optional().describe("What writes while a drill goes on."),
    fault: z
      .looseObject({ kind: text.describe("Kind of fault, see docs/faults.md; its parameters follow.") })
      .optional()
      .describe("What a drill does to the primary; default: its process is killed."),
    limit: duration.optional().describe("After this all that a drill began ends by itself. Default 10m."),
  })
  .refine(({ members }) => Object.keys(members).length >= 2, "members: { pg1: { … }, pg2: { … } }");
export type RawCluster = z.output<typeof cluster>;
