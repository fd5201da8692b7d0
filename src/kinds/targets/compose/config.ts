import { parse } from "yaml";
import { ask, type Project } from "./command.ts";
import { PINS } from "./files.ts";
import { pinsText, type Pins } from "./pins.ts";

/** What the project's files say of one service. */
export interface Wanted {
  readonly image: string | undefined;
  /** Compose's own digest of the service's configuration. */
  readonly hash: string;
  readonly replicas: number;
  /** Somebody waits for it to end well: it is not meant to keep running. */
  readonly oneShot: boolean;
}

interface Rendered {
  readonly services?: Readonly<Record<string, RenderedService>>;
}
interface RenderedService {
  readonly image?: string;
  readonly scale?: number;
  readonly deploy?: { readonly replicas?: number };
  readonly depends_on?: readonly string[] | Readonly<Record<string, { readonly condition?: string }>>;
}

/** `-f …` for the project's files and, through standard input, the pins: nothing is written to ask a question. */
export function asked(project: Project, pins: Pins): { readonly project: Project; readonly stdin?: string } {
  const stdin = pinsText(pins);
  const options = without(project.options);
  return stdin === null
    ? { project: { ...project, options } }
    : { project: { ...project, options: [...options, "-f", "-"] }, stdin };
}

const without = (options: readonly string[]): readonly string[] =>
  options.filter((word, at) => word !== PINS && !(word === "-f" && options[at + 1] === PINS));

/** A project whose commands see the pins file or not. */
export const pinned = (project: Project, pins: Pins): Project => ({
  ...project,
  options: [...without(project.options), ...(Object.keys(pins).length === 0 ? [] : ["-f", PINS])],
});

const oneShots = (services: Rendered["services"] = {}): ReadonlySet<string> =>
  new Set(
    Object.values(services).flatMap((service) =>
      Object.entries(Array.isArray(service.depends_on) ? {} : (service.depends_on ?? {})).flatMap(([name, needed]) =>
        (needed as { condition?: string }).condition === "service_completed_successfully" ? [name] : [],
      ),
    ),
  );

/** The services of the project's files with these pins; WatchbookError TARGET-REFUSED when Compose does not take the files. */
export async function wantedOf(
  project: Project,
  pins: Pins,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Wanted>> {
  const given = asked(project, pins);
  const rendered = parse(await ask(given.project, ["config", "--format", "json"], signal, given.stdin)) as Rendered;
  const hashes = await hashesOf(given.project, Object.keys(rendered.services ?? {}), signal, given.stdin);
  const ending = oneShots(rendered.services);
  return new Map(
    Object.entries(rendered.services ?? {}).map(([name, service]) => [
      name,
      {
        image: service.image,
        hash: hashes.get(name) ?? "",
        replicas: service.deploy?.replicas ?? service.scale ?? 1,
        oneShot: ending.has(name),
      },
    ]),
  );
}

/** Compose's digests of these services. */
async function hashesOf(
  project: Project,
  names: readonly string[],
  signal: AbortSignal,
  stdin?: string,
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map();
  const text = await ask(project, ["config", "--hash", "*"], signal, stdin);
  return new Map(text.split("\n").flatMap((line) => (line.includes(" ") ? [line.split(" ") as [string, string]] : [])));
}

/** The project's files with these pins as one file, complete; it holds whatever secrets the files hold. */
export async function rendering(project: Project, pins: Pins, signal: AbortSignal): Promise<string> {
  const given = asked(project, pins);
  return ask(given.project, ["config"], signal, given.stdin);
}
