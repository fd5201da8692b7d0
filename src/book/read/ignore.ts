/** Folders that never hold manuals. */
const ALWAYS = new Set([".git", "node_modules", ".watchbook"]);

const escaped = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`);

/** One pattern as a regular expression: `*` within a name, `**` over folders, `?` one character. */
function patternOf(glob: string): RegExp {
  const rooted = glob.replace(/^\.?\//, "");
  const anywhere = !rooted.replace(/\/$/, "").includes("/");
  const body = rooted
    .split(/(\*\*\/?|\*|\?)/)
    .map((piece) => {
      if (piece === "**/") return "(?:[^/]+/)*";
      if (piece === "**") return ".*";
      if (piece === "*") return "[^/]*";
      return piece === "?" ? "[^/]" : escaped(piece);
    })
    .join("");
  return new RegExp(`^${anywhere ? "(?:.*/)?" : ""}${body}${body.endsWith("/") ? "" : "(?:/|$)"}`, "s");
}

/**
 * Decides which paths are left out: .git, node_modules, .watchbook, and the patterns of `ignore` in watchbook.yaml. A
 * pattern without a slash matches a name in any folder, as in .gitignore.
 */
export function ignoring(patterns: readonly string[]): (path: string) => boolean {
  const compiled = patterns.map(patternOf);
  return (path) => {
    const plain = path.endsWith("/") ? path.slice(0, -1) : path;
    return ALWAYS.has(plain.slice(plain.lastIndexOf("/") + 1)) || compiled.some((pattern) => pattern.test(path));
  };
}
