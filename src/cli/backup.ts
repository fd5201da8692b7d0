import { WatchbookError, type Exit } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import type { Call, Verb } from "./verb.ts";

type Room = (call: Call, name: string | undefined) => Promise<Exit>;

const RUN = ["env", "by", "reason", "detach", "yes", "no-ask", "output-file"] as const;

/** What `backup` does, with the options that belong to it, loaded when it is called. */
const ROOMS: Readonly<Record<string, { readonly load: () => Promise<Room>; readonly options: readonly string[] }>> = {
  run: { load: async () => (await import("./backup/act.ts")).take, options: [...RUN, "dry-run", "outside-window"] },
  list: { load: async () => (await import("./backup/list.ts")).list, options: ["from"] },
  verify: { load: async () => (await import("./backup/act.ts")).verify, options: [...RUN, "set", "from"] },
  prune: { load: async () => (await import("./backup/act.ts")).prune, options: [...RUN, "execute"] },
};
const COMMON: ReadonlySet<string> = new Set(["help", "json", "lang", "book", "data"]);

/** Options of the verbs that begin a run of a set's own runbooks. */
export const runOptions = {
  env: { type: "string" },
  by: { type: "string" },
  reason: { type: "string" },
  "output-file": { type: "string" },
  detach: { type: "boolean" },
  yes: { type: "boolean" },
  "no-ask": { type: "boolean" },
} as const;

/** Backup sets: taken, looked at, removed. */
export const backup: Verb = {
  name: "backup",
  words: "any",
  options: {
    ...runOptions,
    "dry-run": { type: "boolean" },
    execute: { type: "boolean" },
    set: { type: "string" },
    from: { type: "string" },
    "outside-window": { type: "boolean" },
  },
  run: async (call) => {
    const [word = "list", name, ...extra] = call.positionals;
    const room = Object.hasOwn(ROOMS, word) ? ROOMS[word] : undefined;
    if (!room) {
      const names = Object.keys(ROOMS);
      throw new WatchbookError("BACKUP-WORD", { word, nearest: nearest(word, names) ?? names });
    }
    if (extra.length > 0) throw new WatchbookError("WORDS-EXTRA", { verb: `backup ${word}`, extra });
    const needless = Object.keys(call.values).find((option) => !COMMON.has(option) && !room.options.includes(option));
    if (needless) throw new WatchbookError("BACKUP-NOT-FOR", { word, option: needless });
    return (await room.load())(call, name);
  },
};
