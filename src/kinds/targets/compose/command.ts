import { EXIT, WatchbookError } from "../../../model/error.ts";
import type { Reach } from "../../../model/target.ts";
import { ReachError } from "../../../model/target.ts";
import { lines, told, type Tool } from "../driver/told.ts";

export const DOCKER: Tool = {
  unreachable:
    /Cannot connect to the Docker daemon|error during connect|Is the docker daemon running|permission denied while trying to connect to the Docker/i,
};

/** How Compose 2 is called on a host: as a plugin of docker, or as a program of its own. */
export interface Spelling {
  readonly argv: readonly string[];
}

/** What `version --short` says; undefined: it is not there. */
async function version(reach: Reach, argv: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  const { end, out } = await reach.exec([...argv, "version", "--short"], { signal });
  signal.throwIfAborted();
  return end.kind === "exit" && end.code === 0 ? out.trim() : undefined;
}

/**
 * Finds out how Compose is called here. ReachError `absent` when it is not there at all, WatchbookError COMPOSE-OLD when
 * only version 1 is: that one takes no pins on its input, waits for no health, and shows no plan.
 */
export async function spelling(reach: Reach, signal: AbortSignal): Promise<Spelling> {
  for (const argv of [["docker", "compose"], ["docker-compose"]]) {
    const found = await version(reach, argv, signal);
    if (found === undefined) continue;
    if (!/^v?1\./.test(found)) return { argv };
    throw new WatchbookError("COMPOSE-OLD", { target: reach.target, version: found }, { exit: EXIT.unreachable });
  }
  throw new ReachError("absent", `${reach.target}: neither docker compose nor docker-compose`);
}

/** A Compose project and how it is spoken to. */
export interface Project {
  readonly reach: Reach;
  readonly name: string;
  readonly spelling: Spelling;
  /** `-p NAME -f FILE … --profile P`: what every command of the project begins with. */
  readonly options: readonly string[];
  /** What may take long: pulling, starting, becoming healthy; milliseconds. */
  readonly waitMs: number;
}

export const composed = (project: Project, words: readonly string[]): readonly string[] => [
  ...project.spelling.argv,
  ...project.options,
  ...words,
];

/** Standard output of a Compose command that changes nothing. */
export const ask = (project: Project, words: readonly string[], signal: AbortSignal, stdin?: string): Promise<string> =>
  told(project.reach, composed(project, words), signal, DOCKER, { ...(stdin !== undefined && { stdin }) });

/** Standard output of a docker command that changes nothing. */
export const dockerAsk = (reach: Reach, words: readonly string[], signal: AbortSignal): Promise<string> =>
  told(reach, ["docker", ...words], signal, DOCKER);

/** Does a command and logs what it says. */
export async function command(
  project: Project,
  argv: readonly string[],
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const onOutput = lines(log);
  log(`$ ${argv.join(" ")}`);
  await told(project.reach, argv, signal, DOCKER, { onOutput, timeoutMs: project.waitMs });
}
