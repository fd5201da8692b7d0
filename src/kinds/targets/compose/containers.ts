import type { Reach } from "../../../model/target.ts";
import { told } from "../driver/told.ts";
import { DOCKER, dockerAsk } from "./command.ts";

/** One container of a service, as the engine describes it. */
export interface Container {
  readonly id: string;
  readonly service: string;
  readonly hash: string;
  readonly imageId: string;
  /** created, running, paused, restarting, removing, exited, dead. */
  readonly status: string;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly startedAt: string;
  readonly restarts: number;
  /** Absent where the container has no health check. */
  readonly health?: { readonly status: string; readonly output: string };
}

interface Inspected {
  readonly Id: string;
  readonly Image: string;
  readonly RestartCount: number;
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly OOMKilled: boolean;
    readonly StartedAt: string;
    readonly Health?: { readonly Status: string; readonly Log?: readonly { readonly Output: string }[] | null };
  };
  readonly Config: { readonly Labels: Readonly<Record<string, string>> };
}

const LABEL = "com.docker.compose";

function container({ Id, Image, RestartCount, State, Config }: Inspected): Container {
  return {
    id: Id,
    service: Config.Labels[`${LABEL}.service`] ?? "",
    hash: Config.Labels[`${LABEL}.config-hash`] ?? "",
    imageId: Image,
    status: State.Status,
    exitCode: State.ExitCode,
    oomKilled: State.OOMKilled,
    startedAt: State.StartedAt,
    restarts: RestartCount,
    ...(State.Health && {
      health: { status: State.Health.Status, output: (State.Health.Log?.at(-1)?.Output ?? "").trim() },
    }),
  };
}

/** Containers of a project's services, without those of `compose run`. One that went while we asked is not there. */
export async function containersOf(reach: Reach, project: string, signal: AbortSignal): Promise<readonly Container[]> {
  const filters = [`label=${LABEL}.project=${project}`, `label=${LABEL}.oneoff=False`];
  const listed = await dockerAsk(
    reach,
    ["ps", "-aq", "--no-trunc", ...filters.flatMap((f) => ["--filter", f])],
    signal,
  );
  const ids = listed.split("\n").filter((id) => id !== "");
  if (ids.length === 0) return [];
  return (await inspect<Inspected>(reach, "container", ids, signal)).map(container);
}

/** What the engine says of containers or images by id or name; unknown ones are left out. */
async function inspect<T>(
  reach: Reach,
  what: "container" | "image",
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly T[]> {
  const argv = ["docker", what, "inspect", "--format", "{{json .}}", "--", ...names];
  const out = await told(reach, argv, signal, { ...DOCKER, absent: /No such (container|image|object)/i });
  return out.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as T]));
}

export interface Image {
  readonly id: string;
  /** Digest in a registry, where the image came from one or went to one. */
  readonly digest: string | undefined;
}

/** Images by the names or ids that were asked for; what is not on the host is left out. */
export async function imagesOf(
  reach: Reach,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Image>> {
  const found = new Map<string, Image>();
  for (const name of new Set(names)) {
    const [image] = await inspect<{ Id: string; RepoDigests?: readonly string[] }>(reach, "image", [name], signal);
    if (image) found.set(name, { id: image.Id, digest: image.RepoDigests?.[0]?.split("@")[1] });
  }
  return found;
}
