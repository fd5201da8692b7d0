import { WatchbookError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import type { Exit } from "../model/error.ts";
import type { Call, Verb } from "./verb.ts";

type Room = (call: Call, run: string) => Promise<Exit>;

/** What `runs` does, with the options that belong to it, loaded when it is called. */
const ROOMS: Readonly<Record<string, { readonly load: () => Promise<Room>; readonly options: readonly string[] }>> = {
  list: { load: async () => (await import("./runs/list.ts")).list, options: ["open", "runbook", "limit"] },
  show: { load: async () => (await import("./runs/show.ts")).show, options: [] },
  follow: { load: async () => (await import("./runs/follow.ts")).follow, options: ["after", "output-file"] },
  log: {
    load: async () => (await import("./runs/log.ts")).log,
    options: ["step", "target", "purpose", "attempt", "line", "count", "offset", "tail"],
  },
  approve: {
    load: async () => (await import("./runs/approve.ts")).approve,
    options: ["as", "by", "key", "signature", "print", "gate", "follow", "no-ask"],
  },
  reject: {
    load: async () => (await import("./runs/act.ts")).reject,
    options: ["by", "gate", "reason", "follow", "no-ask"],
  },
  go: { load: async () => (await import("./runs/act.ts")).go, options: ["by", "step", "follow", "no-ask"] },
  tick: {
    load: async () => (await import("./runs/act.ts")).tick,
    options: ["by", "step", "target", "note", "failed", "file", "output", "seen", "follow", "no-ask"],
  },
  answer: {
    load: async () => (await import("./runs/act.ts")).answer,
    options: ["by", "step", "target", "choice", "note", "follow", "no-ask"],
  },
  decide: {
    load: async () => (await import("./runs/act.ts")).decide,
    options: ["by", "step", "target", "happened", "note", "follow", "no-ask"],
  },
  pause: { load: async () => (await import("./runs/act.ts")).pause, options: ["by", "reason", "follow", "no-ask"] },
  resume: { load: async () => (await import("./runs/act.ts")).resume, options: ["by", "follow", "no-ask"] },
  cancel: {
    load: async () => (await import("./runs/act.ts")).cancel,
    options: ["by", "reason", "undo", "follow", "no-ask"],
  },
};
const COMMON: ReadonlySet<string> = new Set(["help", "json", "lang", "book", "data"]);

/** Looks at runs and tells them what people say. */
export const runs: Verb = {
  name: "runs",
  words: "any",
  options: {
    open: { type: "boolean" },
    runbook: { type: "string" },
    limit: { type: "string" },
    after: { type: "string" },
    "output-file": { type: "string" },
    purpose: { type: "string" },
    attempt: { type: "string" },
    line: { type: "string" },
    count: { type: "string" },
    offset: { type: "string" },
    tail: { type: "string" },
    by: { type: "string" },
    as: { type: "string" },
    key: { type: "string" },
    signature: { type: "string" },
    print: { type: "boolean" },
    gate: { type: "string" },
    step: { type: "string" },
    target: { type: "string" },
    happened: { type: "string" },
    choice: { type: "string" },
    note: { type: "string" },
    reason: { type: "string" },
    failed: { type: "boolean" },
    file: { type: "string" },
    output: { type: "string", multiple: true },
    seen: { type: "string" },
    undo: { type: "boolean" },
    follow: { type: "boolean" },
    "no-ask": { type: "boolean" },
  },
  run: async (call) => {
    const [word = "list", run, ...extra] = call.positionals;
    const room = Object.hasOwn(ROOMS, word) ? ROOMS[word] : undefined;
    if (!room) {
      const names = Object.keys(ROOMS);
      throw new WatchbookError("RUNS-WORD", { word, nearest: nearest(word, names) ?? names });
    }
    const more = word === "list" ? call.positionals.slice(1) : extra;
    if (more.length > 0) throw new WatchbookError("WORDS-EXTRA", { verb: `runs ${word}`, extra: more });
    const needless = Object.keys(call.values).find((name) => !COMMON.has(name) && !room.options.includes(name));
    if (needless) throw new WatchbookError("RUNS-NOT-FOR", { word, option: needless });
    if (word !== "list" && run === undefined) throw new WatchbookError("RUNS-RUN", { word });
    return (await room.load())(call, run ?? "");
  },
};
