import { access, mkdir } from "node:fs/promises";
import { basename } from "node:path";
import { defaults, getKey, readConfig, RULES, setKey, writeConfig } from "../node/config.ts";
import { Failure } from "../node/failure.ts";
import type { Home } from "../node/home.ts";
import { identityAt } from "../node/identity.ts";
import { rename } from "node:fs/promises";

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Makes a folder for a new node: identity first, then config.json with the peer id in it. `force` gives an existing
 * node a NEW identity; the old key is kept beside it, because other nodes know the old one.
 */
async function init(home: Home, force: boolean): Promise<string> {
  await mkdir(home.data, { recursive: true });
  const known = await exists(home.config);
  if (known && !force)
    throw new Failure(`${home.config} exists.`, "Leave it, or give the node a new identity with --force.", 2);
  if (force && (await exists(home.identity))) await rename(home.identity, `${home.identity}.old`);
  const { peerId } = await identityAt(home.identity);
  const config = known ? await readConfig(home.config) : defaults(basename(home.root));
  await writeConfig(home.config, { ...config, peerId });
  return peerId;
}

/** `silktalk config list | get KEY | set KEY VALUE | init [--force]`: what it prints. */
export async function configure(home: Home, words: readonly string[], force: boolean): Promise<string> {
  const [verb, key, value] = words;
  if (verb === "init") return init(home, force);
  const config = await readConfig(home.config);
  if (verb === "list")
    return Object.keys(RULES)
      .map((name) => `${name} = ${JSON.stringify(getKey(config, name))}`)
      .join("\n");
  if (verb === "get" && key !== undefined) return JSON.stringify(getKey(config, key));
  if (verb === "set" && key !== undefined && value !== undefined) {
    await writeConfig(home.config, setKey(config, key, value));
    return `${key} = ${value}; takes effect when the node starts again`;
  }
  throw new Failure("That is no config command.", "Use: config list | get KEY | set KEY VALUE | init [--force]");
}
