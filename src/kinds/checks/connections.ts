import { z } from "zod";
import { defineCheck, type CheckContext, type Measured } from "../../model/check.ts";
import type { Reach } from "../../model/target.ts";
import { guarded } from "./answer/guarded.ts";
import { fail } from "./answer/measured.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { port } from "./params/address.ts";
import { find } from "./proc/find.ts";
import { sockets } from "./proc/sockets.ts";

const params = z.strictObject({
  port: port.describe("The TCP port."),
  count: z
    .enum(["incoming", "outgoing", "listeners"])
    .default("incoming")
    .describe("Established connections with the port at our end, or at the other end, or sockets that listen on it."),
  listening: z
    .boolean()
    .default(true)
    .describe("With `incoming`: a port that nobody listens on is a failure, not zero connections."),
  pidFile: z
    .string()
    .min(1)
    .optional()
    .describe("Pid file of a process in the network namespace that is meant (a container); absent: the target's own."),
});

async function namespaceOf(reach: Reach, pidFile: string | undefined): Promise<number | undefined> {
  if (pidFile === undefined) return undefined;
  const [process] = (await find(reach, { pidFile, children: false })).processes;
  if (!process) throw new Unjudged("absent", pidFile);
  return process.pid;
}

async function run(given: z.infer<typeof params>, { reach }: CheckContext): Promise<Measured> {
  const found = await sockets(reach, given.port, await namespaceOf(reach, given.pidFile));
  const facts = { port: given.port, ...found };
  const value = found[given.count];
  if (given.count === "incoming" && given.listening && found.listeners === 0)
    return fail("not-listening", { port: given.port }, facts, { value, unit: "count" });
  return { kind: "value", value, unit: "count", facts };
}

/** TCP connections of a port, from /proc/net/tcp and tcp6: connections, not the listeners that `ss -l` counts. */
export const connectionsCheck = defineCheck({ kind: "connections", params, unit: "count", run: guarded(run) });
