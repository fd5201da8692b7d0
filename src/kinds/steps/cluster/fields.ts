import { z } from "zod";
import type { MemberSpec } from "../../../model/cluster.ts";
import type { Schema } from "../../../model/schema.ts";
import { hasWriter, wrongIn } from "./member.ts";

const name = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, "backup-name");

/** Every step of a cluster has these. */
export const cluster = {
  cluster: name.describe("Name of the cluster."),
  kind: z.string().min(1).describe("Kind of cluster, see docs/clusters.md."),
  synchronous: z.boolean().default(false).describe("A commit waits for a second member."),
  members: z
    .array(z.strictObject({ name, target: z.string().min(1), with: z.record(z.string(), z.unknown()).default({}) }))
    .min(2)
    .describe("Its members, with their parameters."),
};

export interface Cluster {
  readonly cluster: string;
  readonly kind: string;
  readonly synchronous: boolean;
  readonly members: readonly MemberSpec[];
}

/**
 * Params of a step: those of every one, and its own. What is wrong with a member is said when the plan is made; `writes`: so is
 * that nobody says where an application writes.
 */
export function clusterParams<T extends z.ZodRawShape>(
  own: T,
  writes = false,
): Schema<Cluster & z.infer<z.ZodObject<T>>> {
  const whole = z.strictObject({ ...cluster, ...own }).superRefine((given, context) => {
    const { kind, members } = given as unknown as Cluster;
    for (const { path, message } of wrongIn(kind, members)) context.addIssue({ code: "custom", path, message });
    if (writes && !hasWriter(kind, members))
      context.addIssue({ code: "custom", path: ["members"], message: "cluster-address" });
  });
  // The shape of a sum of two shapes is more than the compiler follows.
  return whole as unknown as Schema<Cluster & z.infer<z.ZodObject<T>>>;
}

/** Whom a step is about: who was put aside, or everyone else who is to follow the new primary. */
const WHO = ["old", "others"] as const;
export type Who = (typeof WHO)[number];
export const who = z.enum(WHO).default("old").describe("Who was put aside, or the others that do not lead.");

/** What a drill's load is told. */
export const load = {
  rate: z.int().min(1).describe("Writes a second, by all connections."),
  connections: z.int().min(1).describe("Connections that write."),
  before: z.number().min(0).describe("Seconds for which they must have written."),
  limit: z.int().min(1).describe("After so many seconds they end by themselves."),
};
