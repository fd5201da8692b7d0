import type { Book } from "../../model/book.ts";
import { killsOutright, takesDown } from "../../model/outright.ts";
import type { Environment } from "../../model/policy.ts";
import type { Draft } from "./draft.ts";
import type { MissingList } from "./missing.ts";

/** A longer text is a sentence, not a command somebody forbids. */
const MOST_WORDS = 20;

const short = (text: string): string => text.trim().slice(0, 80);
const spaced = (text: string): string => ` ${(text.match(/[;&|()]|[^\s;&|()]+/g) ?? []).join(" ")} `;

/** What no plan may do: kill a service outright, take its volumes, do what the manual forbids, reach into another protected environment. */
export function refuse(draft: Draft, book: Book, here: Environment | undefined, missing: MissingList): void {
  const where = (line?: number) => ({
    step: draft.id,
    source: line === undefined ? draft.source : { file: draft.source.file, line },
  });
  for (const command of draft.commands) {
    const args = { command: short(command.text) };
    if (killsOutright(command)) missing.add("kill-9", args, where(command.line));
    if (takesDown(command) === "volumes") missing.add("down-volumes", args, where(command.line));
    for (const { commands, source } of book.prohibitions)
      for (const forbidden of commands)
        if (isForbidden(command.text, forbidden))
          missing.add("prohibited", { command: forbidden, file: source.file, line: source.line }, where(command.line));
  }
  const path = foreignPath(draft, book, here);
  if (path) missing.add("foreign-path", { ...path, here: here?.id ?? "–" }, where());
}

const isForbidden = (text: string, forbidden: string): boolean => {
  const words = spaced(forbidden);
  return /\S\s\S/.test(forbidden.trim()) && words.split(" ").length - 2 <= MOST_WORDS && spaced(text).includes(words);
};

/** Folders whose entries are environments. */
const ENVIRONMENTS = /^envs?$|^environments?$/i;

/**
 * A path of another environment: one with a protected environment's name anywhere in it (`/srv/chat/environments/prod`,
 * asked for staging), or a file or folder of environments that bears another's name (`values.staging.yaml`, asked for prod).
 */
function foreignPath(
  draft: Draft,
  book: Book,
  here: Environment | undefined,
): { readonly path: string; readonly environment: string } | undefined {
  const others = book.environments.filter(({ id }) => id !== here?.id);
  if (!here || others.length === 0) return undefined;
  for (const text of [draft.cwd ?? "", ...draft.commands.map((command) => command.text)])
    for (const path of text.split(/[\s"'=:;|&()<>,]+/).filter((word) => /[/.]/.test(word))) {
      const found = others.find((other) => bears(path, other));
      if (found) return { path, environment: found.id };
    }
  return undefined;
}

function bears(path: string, { id, protected: guarded }: Environment): boolean {
  if (path.startsWith("/dev/") || path.startsWith("/proc/")) return false;
  const folders = path.split("/");
  const named = folders.some(
    (folder, index) => folder === id && (guarded || ENVIRONMENTS.test(folders[index - 1] ?? "")),
  );
  const file = (folders.at(-1) ?? "").split(".");
  return named || (file.length > 1 && file.slice(0, -1).includes(id));
}
