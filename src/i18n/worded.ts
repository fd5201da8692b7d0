import type { Args } from "../model/finding.ts";

/** `ENOENT: no such file or directory, open '/srv/x'`, as Node tells what a system call refused. */
const SYSTEM = /^(E[A-Z0-9]{2,}): [^,]*, \w+(?: '(.*)')?$/s;

/**
 * Values that are codes (of the YAML reader `yaml:BAD_INDENT`, of the system `ENOENT`) in words of one language; all
 * others as they are. `words`: the text by its code.
 */
export function worded(args: Args, words: Readonly<Record<string, string>>): Args {
  const known = (code: string): string | undefined => (Object.hasOwn(words, code) ? words[code] : undefined);
  const word = (value: string): string => {
    const [, code = value, path] = SYSTEM.exec(value) ?? [];
    const said = known(code);
    if (said === undefined) return value;
    return path === undefined ? said : `${path}${words["colon"] ?? ": "}${said}`;
  };
  const entries = Object.entries(args).map(([name, value]) => {
    if (typeof value === "string") return [name, word(value)] as const;
    return [name, Array.isArray(value) ? value.map((one: string) => word(one)) : value] as const;
  });
  return Object.fromEntries(entries) as Args;
}
