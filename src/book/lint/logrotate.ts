import { dirname } from "node:path/posix";

const STANZA = /^\s*((?:["']?\/\S+["']?\s+)*["']?\/\S+["']?)\s*\{/gm;

/** Globs of every stanza of a logrotate file, in order. */
export const globsOf = (content: string): readonly string[] =>
  [...content.matchAll(STANZA)].flatMap((match) => match[1]!.split(/\s+/).map((glob) => glob.replaceAll(/["']/g, "")));

const asPattern = (glob: string): RegExp =>
  new RegExp(`^${glob.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("*", "[^/]*")}$`);

/**
 * Does a glob reach a log's place? The place is a folder or a file. A glob covers the files of one folder, not those
 * below it: `/var/log/x/*.log` reaches `/var/log/x/` and `/var/log/x/a.log`, not `/var/log/x/audit/`.
 */
export function covers(glob: string, location: string): boolean {
  const place = location.endsWith("/") ? location.slice(0, -1) : location;
  return asPattern(dirname(glob)).test(place) || (!location.endsWith("/") && asPattern(glob).test(place));
}
