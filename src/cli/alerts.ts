import { clockTimes } from "../api/today/times.ts";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import type { Lang } from "../model/lang.ts";
import { matcherText } from "../model/silence.ts";
import { rulesNow } from "../engine/alerts/rules-now.ts";
import { why as whyOf, type AlertActed } from "../engine/alerts/ask.ts";
import { ownerOf } from "../store/ownership.ts";
import { act } from "./alerts/act.ts";
import { listText, silencesText, whyText, type Speaker } from "./alerts/text.ts";
import { byOf } from "./inspect/alone.ts";
import { readState, type ReadState } from "./read-state.ts";
import type { Call, Verb } from "./verb.ts";

const LISTED = 1_000;

/** Alerts as they are kept; what people say of them goes through the daemon. */
export const alerts: Verb = {
  name: "alerts",
  words: "any",
  options: {
    all: { type: "boolean" },
    for: { type: "string" },
    reason: { type: "string" },
    note: { type: "string" },
    by: { type: "string" },
    everything: { type: "boolean" },
  },
  run: async (call) => {
    const [what = "list", ...words] = call.positionals;
    const most = MOST_WORDS.get(what);
    if (most === undefined) throw new WatchbookError("ALERTS-USAGE", { given: call.positionals.join(" ") });
    if (words.length > most)
      throw new WatchbookError("WORDS-EXTRA", { verb: `alerts ${what}`, extra: words.slice(most) });
    if (isActed(what)) return acted(call, what);
    await using state = await readState(call);
    if (what === "list") return await list(call, state);
    if (what === "silences") return await silences(call, state);
    if (words.length === 0) throw new WatchbookError("ALERTS-WHICH");
    return await explained(call, state, words[0]!);
  },
};

/** How many words follow each. */
const MOST_WORDS: ReadonlyMap<string, number> = new Map([
  ["list", 0],
  ["silences", 0],
  ["show", 1],
  ["ack", 1_000],
  ["escalate", 1_000],
  ["close", 1_000],
  ["silence", 20],
  ["unsilence", 1],
]);

const speakerOf = (call: Call, { book, lang }: ReadState): Speaker => ({
  lang,
  zone: book.open.book.zone,
  now: call.world.clock.wall(),
});

async function list(call: Call, state: ReadState): Promise<Exit> {
  const open = call.values["all"] !== true;
  const found = await state.store.desk("alert", { open, limit: LISTED });
  const groups = await state.store.desk("group", { open: true, limit: LISTED });
  const watched = ownerOf(call.data)?.daemon === true;
  // What nobody watches has not been seen to be well.
  const blind = watched ? "" : `${texts(state.lang).alerts.said.unwatched}\n`;
  const text = (): string => `${blind}${listText(found, groups, speakerOf(call, state))}`;
  call.world.stdout.write(call.json ? `${JSON.stringify({ watched, alerts: found }, null, 2)}\n` : text());
  return found.some(({ ended }) => ended === undefined) ? EXIT.failed : EXIT.ok;
}

async function silences(call: Call, state: ReadState): Promise<Exit> {
  const found = await state.store.desk("silence", { open: true, limit: LISTED });
  const text = (): string => silencesText(found, speakerOf(call, state));
  call.world.stdout.write(call.json ? `${JSON.stringify({ silences: found }, null, 2)}\n` : text());
  return EXIT.ok;
}

/** Who was told of one alert, and who was not: `alerts show` and `why`. */
export async function explained(call: Call, state: ReadState, name: string): Promise<Exit> {
  const { policy } = rulesNow(state.book.open.book);
  const found = await whyOf(state.store, policy, name);
  const text = (): string => whyText(found, speakerOf(call, state));
  call.world.stdout.write(call.json ? `${JSON.stringify(found, null, 2)}\n` : text());
  return EXIT.ok;
}

async function acted(call: Call, what: Acted): Promise<Exit> {
  const done = await act(call);
  await using state = await readState(call);
  const open = (await state.store.desk("alert", { open: true, limit: LISTED })).length;
  const { lang } = state;
  const time = clockTimes(state.book.open.book.zone, lang, call.world.clock.wall());
  const text = `${said(done, what, { lang, time, open, by: byOf(call) })}\n`;
  call.world.stdout.write(call.json ? `${JSON.stringify(done, null, 2)}\n` : text);
  return EXIT.ok;
}

const ACTED = ["ack", "escalate", "close", "silence", "unsilence"] as const;
type Acted = (typeof ACTED)[number];
const isActed = (what: string): what is Acted => (ACTED as readonly string[]).includes(what);

interface Told {
  readonly lang: Lang;
  readonly time: (at: number) => string;
  readonly open: number;
  readonly by: string;
}

function said({ alerts: found, until = 0, silence }: AlertActed, what: Acted, told: Told): string {
  const words = texts(told.lang).alerts.said;
  const [count, ids] = [found.length, found.map(({ id }) => id).join(" ")];
  if (what === "escalate") return format(words.escalated, { count, ids });
  if (what === "close") return format(words.closed, { count, ids, by: told.by });
  if (!silence) return format(words.acknowledged, { count, ids, by: told.by, until: told.time(until) });
  const { id, ends, matchers } = silence;
  if (what === "unsilence") return format(words.unsilenced, { id });
  const matched = matchers.map(matcherText).join(" ") || "*";
  return format(words.silenced, { id, ends: told.time(ends), matchers: matched, count, open: told.open });
}
