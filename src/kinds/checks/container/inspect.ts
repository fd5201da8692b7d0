import { z } from "zod";
import type { CheckContext } from "../../../model/check.ts";
import { excerpt } from "../answer/text.ts";
import { exitCode, Unjudged } from "../answer/unjudged.ts";

/** Absent health: the image and the service have no health check. docs.docker.com/reference/api/engine, ContainerInspect. */
const shape = z.object({
  Id: z.string().min(12),
  Name: z.string(),
  Created: z.string(),
  RestartCount: z.number(),
  State: z.object({
    Status: z.string(),
    ExitCode: z.number(),
    OOMKilled: z.boolean(),
    StartedAt: z.string(),
    Health: z.object({ Status: z.string(), Log: z.array(z.object({ Output: z.string() })).nullish() }).nullish(),
  }),
});

export interface Seen {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since the epoch, by the engine's clock. */
  readonly created: number;
  readonly started: number;
  /** By its restart policy, since it was created. */
  readonly restarts: number;
  /** created, running, paused, restarting, removing, exited, dead. */
  readonly status: string;
  readonly exit: number;
  readonly oom: boolean;
  readonly health?: { readonly status: string; readonly output: string };
}

function seen(line: string): Seen {
  const parsed = shape.safeParse(json(line));
  if (!parsed.success) throw new Unjudged("unparsable", "docker container inspect");
  const { Id, Name, Created, RestartCount, State } = parsed.data;
  return {
    id: Id,
    name: Name.replace(/^\//, ""),
    created: Date.parse(Created),
    started: Date.parse(State.StartedAt),
    restarts: RestartCount,
    status: State.Status,
    exit: State.ExitCode,
    oom: State.OOMKilled,
    ...(State.Health && { health: { status: State.Health.Status, output: State.Health.Log?.at(-1)?.Output ?? "" } }),
  };
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Unjudged("unparsable", "docker container inspect");
  }
}

const ABSENT = /No such (?:container|object)/i;
const DENIED = /permission denied/i;
const AWAY = /Cannot connect to the Docker daemon|error during connect/i;

/** Standard output of a docker command that changes nothing; undefined: it knows no such container. */
async function docker(words: readonly string[], { reach, signal }: CheckContext): Promise<string | undefined> {
  const { end, out, err } = await reach.exec(["docker", ...words], { signal, timeoutMs: 30_000 });
  if (exitCode("docker", end) === 0) return out;
  if (ABSENT.test(err)) return undefined;
  const detail = excerpt(err, 160);
  if (DENIED.test(err)) throw new Unjudged("no-permission", detail);
  throw new Unjudged(AWAY.test(err) ? "unreachable" : "unparsable", detail);
}

const lines = (text: string): readonly string[] => text.split("\n").filter((line) => line !== "");

/** Which containers: by name or id, or all of a Compose project, of some of its services. */
export interface Which {
  readonly names?: readonly string[] | undefined;
  readonly project?: string | undefined;
  readonly services?: readonly string[] | undefined;
}

const LABEL = "com.docker.compose";

async function listed(which: Which, context: CheckContext): Promise<readonly string[]> {
  if (which.names !== undefined) return which.names;
  const labels = [`label=${LABEL}.project=${which.project}`, `label=${LABEL}.oneoff=False`];
  const asked = (which.services ?? [undefined]).map((service) =>
    service === undefined ? labels : [...labels, `label=${LABEL}.service=${service}`],
  );
  const ids = await Promise.all(
    asked.map(async (filters) =>
      lines(
        (await docker(["ps", "-aq", "--no-trunc", ...filters.flatMap((each) => ["--filter", each])], context)) ?? "",
      ),
    ),
  );
  return ids.flatMap((found, at) => (found.length > 0 ? found : [which.services?.[at] ?? which.project ?? ""]));
}

/** What the engine says of each; `absent` are the names that it does not know. */
export async function containers(
  which: Which,
  context: CheckContext,
): Promise<{ readonly seen: readonly Seen[]; readonly absent: readonly string[] }> {
  const names = await listed(which, context);
  const found: Seen[] = [];
  const absent: string[] = [];
  for (const name of names) {
    const out = await docker(["container", "inspect", "--format", "{{json .}}", "--", name], context);
    const [line] = lines(out ?? "");
    if (line === undefined) absent.push(name);
    else found.push(seen(line));
  }
  return { seen: found, absent };
}
