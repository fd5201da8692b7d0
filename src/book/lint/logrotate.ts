import { dirname } from "node:path/posix";

/** Globs of every stanza of a logrotate file, in order: the paths that stand directly before its brace. */
export function globsOf(content: string): readonly string[] {
  const globs: string[] = [];
  let head: string[] = [];
  for (const line of content.split("\n")) {
    const brace = line.indexOf("{");
    const words = (brace < 0 ? line : line.slice(0, brace)).split(/\s+/).filter((word) => word !== "");
    const paths = words.map((word) => word.replaceAll(/["']/g, ""));
    // A line with anything but paths belongs to no head.
    if (!paths.every((path) => path.startsWith("/"))) head = [];
    else for (const path of paths) head.push(path);
    if (brace < 0) continue;
    for (const glob of head) globs.push(glob);
    head = [];
  }
  return globs;
}

/** Comparing each sign of each glob with each sign of each place, more than this often, is no manual but an attack. */
const MOST = 200_000_000;

const signs = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0);

/** Can these be compared in time? A rule says nothing of texts for which that is not so. */
export const comparable = (globs: readonly string[], locations: readonly string[]): boolean =>
  signs(globs) * signs(locations) <= MOST;

/** Does a glob fit? `*` stands for anything but a slash. Tries as often as both are long together times the stars, never more. */
function fits(glob: string, path: string): boolean {
  let [at, star, from] = [0, -1, 0];
  for (let i = 0; i < path.length;) {
    if (glob[at] === "*") {
      [star, from] = [at, i];
      at++;
    } else if (glob[at] === path[i]) {
      at++;
      i++;
    } else if (star >= 0 && path[from] !== "/") {
      from++;
      [at, i] = [star + 1, from];
    } else return false;
  }
  while (glob[at] === "*") at++;
  return at === glob.length;
}

/**
 * Does a glob reach a log's place? The place is a folder or a file. A glob covers the files of one folder, not those
 * below it: `/var/log/x/*.log` reaches `/var/log/x/` and `/var/log/x/a.log`, not `/var/log/x/audit/`.
 */
export function covers(glob: string, location: string): boolean {
  const place = location.endsWith("/") ? location.slice(0, -1) : location;
  return fits(dirname(glob), place) || (!location.endsWith("/") && fits(glob, place));
}
