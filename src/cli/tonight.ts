import { clockTimes } from "../api/today/times.ts";
import { rotasNow } from "../engine/rota.ts";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import type { Book } from "../model/book.ts";
import { EXIT } from "../model/error.ts";
import { spanOf } from "../model/freeze.ts";
import type { HandoverItem } from "../model/handover.ts";
import type { Lang } from "../model/lang.ts";
import { at as placeOf } from "../model/source.ts";
import { windowAt } from "../model/window.ts";
import { sectionsOf } from "./handover/sections.ts";
import { momentIn } from "./moment.ts";
import { readState } from "./read-state.ts";
import { textOf } from "./run/request.ts";
import type { Verb } from "./verb.ts";

const MORNING = "09:00";
const DAY_MS = 86_400_000;

/** What happens until the morning: whom to call, what is due, and when something may be broken on purpose. */
export const tonight: Verb = {
  name: "tonight",
  words: 0,
  options: { until: { type: "string" }, at: { type: "string" } },
  run: async (call) => {
    await using state = await readState(call);
    const { book } = state.book.open;
    const { lang, store } = state;
    const wall = call.world.clock.wall();
    const at = textOf(call.values, "at");
    const now = at === undefined ? wall : momentIn(at, book.zone, wall);
    const until = morning(textOf(call.values, "until") ?? MORNING, book.zone, now);
    const runs = await store.runs({ open: true, limit: 1_000 });
    const rotas = await rotasNow(store, book);
    const nothing = {
      status: { troubles: [] },
      locks: [],
      alerts: [],
      groups: [],
      silences: [],
      emergencies: [],
      tokens: [],
      gaps: [],
      incidents: [],
      problems: [],
      coverage: { undrilled: [], overdue: [] },
    };
    const sections = sectionsOf({ book, lang, now, until, rotas, runs, ...nothing });
    const of = (id: string): readonly HandoverItem[] => sections.find((one) => one.id === id)?.items ?? [];
    const found = {
      shifts: of("on-call"),
      duties: of("due"),
      windows: windows(book, lang, now, until),
      waiting: of("runs"),
    };
    call.world.stdout.write(
      call.json
        ? `${JSON.stringify({ at: now, until, zone: book.zone, ...found }, null, 2)}\n`
        : tonightText(found, { book, lang, now, until }),
    );
    return EXIT.ok;
  },
};

/** The next moment at which clocks show a time. Throws MOMENT-INVALID. */
function morning(time: string, zone: string, now: number): number {
  const today = momentIn(time, zone, now);
  if (today > now) return today;
  return momentIn(time, zone, now + DAY_MS);
}

/** Hours of drills that open before the morning, and freezes that hold. */
function windows(book: Book, lang: Lang, now: number, until: number): readonly HandoverItem[] {
  const { said } = texts(lang).rota;
  const time = clockTimes(book.zone, lang, now);
  const drills = book.config.drills.flatMap(({ id, window, source: { file, line } }) => {
    if (window === undefined) return [];
    const here = windowAt(window, now, book.zone);
    const from = here.open ? now : here.opens;
    if (from >= until) return [];
    const what = format(said.drill, { name: id });
    return [{ say: `${what} · ${time(from)} · ${window.from}–${window.to}`, source: { file, line } }];
  });
  const frozen = book.config.freezes.flatMap((freeze) => {
    const { begins, ends } = spanOf({ ...freeze, zone: book.zone });
    if (ends <= now || begins >= until) return [];
    const { file, line } = freeze.source;
    return [{ say: format(said.freeze, { name: freeze.id, reason: freeze.reason }), source: { file, line } }];
  });
  return [...drills, ...frozen];
}

type Found = Readonly<Record<"shifts" | "duties" | "windows" | "waiting", readonly HandoverItem[]>>;

function tonightText(
  found: Found,
  {
    book,
    lang,
    now,
    until,
  }: { readonly book: Book; readonly lang: Lang; readonly now: number; readonly until: number },
): string {
  const { said } = texts(lang).rota;
  const time = clockTimes(book.zone, lang, now);
  const { title, zone } = book;
  const head = format(said.tonight, { title, zone, from: time(now), to: time(until) });
  const parts = (["shifts", "duties", "windows", "waiting"] as const).map((part) => {
    const lines = found[part].map(({ say, source }) => `  ${say}${source === undefined ? "" : `  ${placeOf(source)}`}`);
    return [said[part], ...(lines.length === 0 ? [`  ${said.nothing}`] : lines)].join("\n");
  });
  return `${[head, ...parts].join("\n\n")}\n`;
}
