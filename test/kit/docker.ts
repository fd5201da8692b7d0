/**
 * A real Docker engine with Compose 2 for live tests, and the images that they run.
 *
 *     node test/kit/docker.ts start    starts the engine and makes the images; prints the variables to use it by hand
 *     node test/kit/docker.ts stop     ends it
 *
 * Engine, images and plugin lie in $WATCHBOOK_CACHE (default ~/.cache/watchbook) and stay there; the first start takes some
 * minutes, later ones three seconds. Tests start the engine themselves; the last test process that uses it ends it.
 */
import { after, type TestContext } from "node:test";
import { needs } from "../live/needs.ts";
import { answers, NoEngine, releaseEngine, stopEngine, takeEngine, type Engine } from "./docker/engine.ts";
import { image, type ImageName } from "./docker/images.ts";

export interface Docker extends Engine {
  /** Tag of an image, made when it is not there. */
  image(name: ImageName): string;
}

let engine: Promise<Engine> | undefined;

/** The engine for one test, or undefined when the test is skipped (needs.ts; or a kernel that cannot run it). */
export async function docker(t: Pick<TestContext, "skip">): Promise<Docker | undefined> {
  if (!needs(t, "root", "dockerd", "docker", "mmdebstrap")) return undefined;
  try {
    const taken = await (engine ??= takeEngine());
    return { ...taken, image: (name) => image(taken, name) };
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
    t.skip(error.message);
    return undefined;
  }
}

const endings: (() => void | Promise<void>)[] = [];
/** Work for the end of the test file, while the engine still runs. */
export const atEnd = (work: () => void | Promise<void>): void => void endings.push(work);

async function end(): Promise<void> {
  try {
    for (const work of endings.toReversed()) await work();
  } finally {
    await releaseEngine();
  }
}

let count = 0;
/** A name that no other test has, for projects, containers and networks: whoever finds it knows whose it was. */
export const ownName = (what: string): string => `wbtest-${process.pid}-${(count += 1)}-${what}`;

if (import.meta.main) {
  const verb = process.argv[2];
  if (verb === "start") {
    const taken = await takeEngine();
    for (const name of ["svc", "host", "pause"] as const) image(taken, name);
    for (const [name, value] of Object.entries(taken.env)) process.stdout.write(`export ${name}=${value}\n`);
  } else if (verb === "stop") {
    if (answers()) await stopEngine();
  } else {
    process.stderr.write("node test/kit/docker.ts start|stop\n");
    process.exitCode = 2;
  }
} else after(end);
