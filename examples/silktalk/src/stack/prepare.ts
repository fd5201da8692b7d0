import { existsSync } from "node:fs";
import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { configure } from "../command/config.ts";
import { readConfig, writeConfig, type Config } from "../node/config.ts";
import { pidOf } from "./nodes.ts";
import { lang } from "../words/index.ts";
import { NODES, type Place } from "./place.ts";
import { freePort } from "./ports.ts";

/** First choice of ports; a taken one moves up. */
export interface Ports {
  readonly listen: number;
  readonly health: number;
}
export const USUAL: Ports = { listen: 4001, health: 8081 };

const source = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));
const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/**
 * `bin/silktalk`, `bin/silktalk-fault` …: short commands of this stack, with everything they need inside, also the
 * language it was started in. They may be called at any time, so each appears whole.
 */
async function writeCommands(place: Place): Promise<void> {
  await mkdir(place.bin, { recursive: true });
  const node = quote(process.execPath);
  const stack = `exec ${node} ${quote(source("stack.ts"))} --dir ${quote(place.dir)} --lang ${lang()}`;
  const commands = {
    silktalk: `exec ${node} ${quote(source("silktalk.ts"))} "$@"`,
    "silktalk-stack": `${stack} "$@"`,
    "silktalk-fault": `${stack} fault "$@"`,
    "silktalk-undo": `${stack} undo "$@"`,
  };
  for (const [name, line] of Object.entries(commands)) {
    const path = join(place.bin, name);
    await writeFile(`${path}.new`, `#!/bin/sh\n${line}\n`);
    await chmod(`${path}.new`, 0o755);
    await rename(`${path}.new`, path);
  }
}

/** Makes the nodes' folders, keeps what is there, and gives nodes that do not run ports that are free now. */
export async function prepare(place: Place, first: Ports = USUAL): Promise<void> {
  await writeCommands(place);
  // Stands for the host that keeps second copies: nobody makes a place of that kind when it is not there.
  await mkdir(join(place.dir, "remote"), { recursive: true });
  const taken = new Set<number>();
  const known: Config[] = [];
  for (const [index, name] of NODES.entries()) {
    const home = place.home(name);
    const fresh = !existsSync(home.config);
    if (fresh) await configure(home, ["init"], false);
    const config = await readConfig(home.config);
    if (pidOf(home) === undefined) {
      config.listen.port = await freePort(fresh ? first.listen + index : config.listen.port, taken);
      config.health.port = await freePort(fresh ? first.health + index : config.health.port, taken);
    }
    taken.add(config.listen.port).add(config.health.port);
    // Every node knows those before it, so that each pair is dialled from one side only.
    config.discovery.bootstrap = known.map(
      (other) => `/ip4/${other.listen.host}/tcp/${other.listen.port}/p2p/${other.peerId}`,
    );
    await writeConfig(home.config, config);
    known.push(config);
  }
}
