import { z } from "zod";
import { defineCheck, type CheckContext, type Facts, type Measured } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { rounded } from "./answer/measured.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { duration } from "./params/duration.ts";
import { size } from "./params/size.ts";
import { info } from "./redis/info.ts";

const params = z
  .strictObject({
    connect: z
      .strictObject({
        host: z.string().min(1).optional().describe("Host; default: the client's own."),
        port: z.int().min(1).max(65_535).optional().describe("Port."),
        socket: z.string().min(1).optional().describe("Socket, instead of host and port."),
        user: z.string().min(1).optional().describe("User of an access list."),
        password: z
          .strictObject({ secret: z.string().min(1).describe("Reference of a secret.") })
          .optional()
          .describe("`{secret: reference}`."),
      })
      .prefault({})
      .describe("Where the server is, as seen from the target."),
    client: z
      .array(z.string().min(1))
      .min(1)
      .default(["redis-cli"])
      .describe(
        "How the client is called, where it is not simply there: `[docker, compose, exec, -T, cache, redis-cli]`.",
      ),
    role: z.enum(["master", "replica"]).optional().describe("What it must be."),
    limit: size
      .optional()
      .describe("What counts as all of its memory; default: its own maxmemory, else the machine's."),
    silent: duration.default(60).describe("Replica: no word of the master for this long is a failure."),
    within: duration.default(5).describe("No answer within this time is a failure."),
  })
  .prefault({});
type Params = z.infer<typeof params>;

/** States that stop a server from keeping what it is given; those it does not have count as well. */
const KEPT = ["rdb_last_bgsave_status", "aof_last_bgrewrite_status", "aof_last_write_status"] as const;

function expectRole(fields: ReadonlyMap<string, string>, wanted: Params["role"], facts: Facts): void {
  // INFO says slave, whatever the version: redis.io/docs/latest/commands/info.
  const role = fields.get("role") === "slave" ? "replica" : "master";
  if (wanted !== undefined && role !== wanted) throw new Failing("redis-role", { role, wanted }, facts);
}

function expectLink(fields: ReadonlyMap<string, string>, { silent }: Params, facts: Facts): void {
  if (fields.get("role") !== "slave") return;
  const master = `${fields.get("master_host")}:${fields.get("master_port")}`;
  if (fields.get("master_link_status") !== "up")
    throw new Failing(
      "redis-link",
      { master, seconds: Number(fields.get("master_link_down_since_seconds") ?? 0) },
      facts,
    );
  const seconds = Number(fields.get("master_last_io_seconds_ago"));
  if (seconds > silent) throw new Failing("replication-silent", { seconds }, facts);
}

function expectKept(fields: ReadonlyMap<string, string>, facts: Facts): void {
  for (const name of KEPT)
    if ((fields.get(name) ?? "ok") !== "ok")
      throw new Failing("redis-unkept", { name, found: fields.get(name)! }, facts);
}

async function run(given: Params, context: CheckContext): Promise<Measured> {
  const fields = await info(given, context);
  const number = (name: string): number => Number(fields.get(name) ?? 0);
  const used = number("used_memory");
  const limit = given.limit ?? (number("maxmemory") || number("total_system_memory"));
  const facts: Facts = {
    role: fields.get("role") === "slave" ? "replica" : "master",
    version: fields.get("redis_version") ?? "",
    used,
    limit,
    clients: number("connected_clients"),
    replicas: number("connected_slaves"),
    evicted: number("evicted_keys"),
  };
  expectRole(fields, given.role, facts);
  expectLink(fields, given, facts);
  expectKept(fields, facts);
  if (!(limit > 0)) throw new Unjudged("absent", "maxmemory", facts);
  return { kind: "value", value: rounded((100 * used) / limit), unit: "%", facts };
}

/** Whether a Redis serves, keeps what it is given and follows its master; the share of its memory in use. */
export const redisCheck = defineCheck<Params>({
  kind: "redis",
  params,
  unit: "%",
  bands: { bad: "above", warn: 80, critical: 95 },
  run: guarded(run),
});
