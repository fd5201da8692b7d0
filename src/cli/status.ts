import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Status, TroubleSaid } from "../api/contract.ts";
import { onCallSay } from "../api/today/on-call.ts";
import { clockTimes } from "../api/today/times.ts";
import { statusView } from "../api/view/status.ts";
import { snapshot } from "../engine/snapshot.ts";
import { format } from "../i18n/format.ts";
import { sayError, texts } from "../i18n/texts.ts";
import { EXIT, type Exit, type WatchbookError } from "../model/error.ts";
import type { Lang } from "../model/lang.ts";
import { ownerOf } from "../store/ownership.ts";
import type { Store } from "../store/store.ts";
import { bookSource } from "./book-source.ts";
import { connect } from "./client.ts";
import { pad } from "../report/columns.ts";
import { openLocal } from "./hold.ts";
import { lookBeside } from "./look.ts";
import type { Call, Verb } from "./verb.ts";

/** What is wrong and due now: from the daemon, or without one from what the last one left. */
export const status: Verb = {
  name: "status",
  words: 0,
  options: {},
  run: async (call) => {
    const asked = call.values["lang"] === undefined ? undefined : call.lang;
    const daemon = ownerOf(call.data)?.daemon === true;
    const client = daemon ? connect(call.data) : undefined;
    const { found, refused } =
      client === undefined
        ? await alone(call, asked)
        : { found: await client.get<Status>(`/api/v1/status${asked === undefined ? "" : `?lang=${asked}`}`) };
    const lang = asked ?? found.lang;
    call.world.stdout.write(call.json ? `${JSON.stringify(found, null, 2)}\n` : statusText(found, lang));
    if (refused === undefined) return exitOf(found);
    complain(refused, call, lang);
    const exit = exitOf(found);
    return exit === EXIT.failed || exit === EXIT.unreachable ? exit : EXIT.input;
  },
};

/** Why nothing can be written here: whatever is well, this is not. */
function complain(refused: WatchbookError, { world }: Call, lang: Lang): void {
  const { error, colon } = texts(lang).cli;
  const { say, fix } = sayError(refused, lang);
  world.stderr.write(`${error}${colon}${say}\n  ${fix}\n`);
}

/** Nothing was ever recorded here: `status` must not make a data directory to say so. */
const nothing: Pick<Store, "duties" | "inspections" | "runs" | "journal" | "desk" | "events" | "value"> = {
  value: () => Promise.resolve(undefined),
  events: () => Promise.resolve([]),
  desk: () => Promise.resolve([]),
  journal: () => Promise.resolve([]),
  duties: () => Promise.resolve([]),
  inspections: () => Promise.resolve([]),
  runs: () => Promise.resolve([]),
};

interface Found {
  readonly found: Status;
  /** Why nothing can be written: what is shown is what could be read. */
  readonly refused?: WatchbookError | undefined;
}

/** What is wrong and due, as it can be read here without a daemon; checks are not read. */
export async function alone(call: Call, asked: Lang | undefined): Promise<Found> {
  const { world, book: root, data } = call;
  const registry = await world.registry();
  await using reach = await openLocal(registry, root);
  const now = world.clock.wall();
  const undriven = ownerOf(data) === undefined;
  const book = { ...(await bookSource(root, reach, world.clock, data).load()), loaded: now };
  await using held = existsSync(join(data, "state.db")) ? await lookBeside(call) : undefined;
  const lang = asked ?? book.open.book.lang;
  const seen = await snapshot(held?.house.store ?? nothing, book, [], now);
  const found = statusView({ ...seen, undriven }, null, lang);
  return { found, refused: held?.refused };
}

/** Red is 3, unknown 4, a manual with errors 2, waiting for a person 5, as everywhere. A warning is no failure. */
export function exitOf({ troubles }: Pick<Status, "troubles">): Exit {
  if (troubles.some(({ level }) => level === "error")) return EXIT.failed;
  if (troubles.some(({ kind }) => kind === "check-unknown")) return EXIT.unreachable;
  if (troubles.some(({ kind }) => kind === "book-errors" || kind === "book-refused")) return EXIT.input;
  return troubles.some(({ level }) => level === "wait") ? EXIT.waiting : EXIT.ok;
}

/** `status` for people: troubles with their next action, then every duty with its state and next time. */
export function statusText(found: Status, lang: Lang): string {
  const { api, serve, report } = texts(lang);
  const { colon } = texts(lang).cli;
  const { today } = api;
  const time = clockTimes(found.zone, lang, found.at);
  const { daemon, checks } = found;
  const head =
    daemon === null
      ? serve.said.alone
      : format(serve.said.watched, { pid: daemon.pid, since: time(daemon.started), url: daemon.listen[0] ?? "" });
  const counts = (["fail", "unknown", "warn", "pass", "unread"] as const)
    .filter((outcome) => checks[outcome] > 0)
    .map((outcome) => `${checks[outcome]} ${outcome === "unread" ? today.unread : report.outcomes[outcome]}`);
  const lines = [`${found.title} · ${today.title} · ${time(found.at)} ${found.zone}`, head];
  if (daemon?.ill) lines.push(`${today.heldUp}${colon}${daemon.ill.say}`, `  ${daemon.ill.fix}`);
  if (counts.length > 0) lines.push(`${today.checks}${colon}${counts.join(" · ")}`);
  for (const one of found.onCall) {
    const said = onCallSay(one, lang);
    lines.push(`${one.title}${colon}${[said.now, said.after].filter((part) => part !== "").join(" · ")}`);
  }
  for (const channel of found.channels) lines.push(channelLine(channel, lang, time));
  lines.push("", ...troubleLines(found.troubles, lang), "");
  if (found.duties.length > 0) lines.push(`${today.duties}${colon.trimEnd()}`);
  for (const { title, state, next } of found.duties) {
    const times = next.length === 0 ? today.noCalendar : `${today.next} ${next.map((at) => time(at)).join(" · ")}`;
    lines.push(`  ${pad(today.states[state], 12)} ${pad(title, 32)} ${times}`);
  }
  return `${lines.join("\n")}\n`;
}

/** What a channel took last and when somebody last answered from it: a receiver that takes everything may lose it. */
function channelLine(
  { id, taken, answered }: Status["channels"][number],
  lang: Lang,
  time: (at: number) => string,
): string {
  const { channel } = texts(lang).watcher;
  const at = (moment: number | null): string => (moment === null ? channel.never : time(moment));
  return format(channel.line, { id, taken: at(taken), answered: at(answered) });
}

function troubleLines(troubles: readonly TroubleSaid[], lang: Lang): readonly string[] {
  const { today } = texts(lang).api;
  if (troubles.length === 0) return [today.well];
  return troubles.flatMap(({ level, say, fix }) => [
    `  ${pad(today.levels[level], 8)} ${say}`,
    `${" ".repeat(11)}${fix}`,
  ]);
}
