import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The key itself in a public key line, without kind, options and comment. */
const bodyOf = (line: string): string | undefined => /\b(AAAA[\w+/]+=*)/.exec(line)?.[1];

/**
 * The private key in `HOME/.ssh` whose public half is this line; undefined when there is none there: then the agent is
 * asked.
 */
export function ownKey(home: string | undefined, line: string | undefined): string | undefined {
  const wanted = line === undefined ? undefined : bodyOf(line);
  if (home === undefined || wanted === undefined) return undefined;
  const folder = join(home, ".ssh");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".pub")) : [];
  for (const name of names) {
    const file = join(folder, name.slice(0, -".pub".length));
    if (bodyOf(readFileSync(join(folder, name), "utf8")) === wanted && existsSync(file)) return file;
  }
  return undefined;
}
