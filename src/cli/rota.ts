import { clockTimes } from "../api/today/times.ts";
import type { RotaAsk, RotaChange } from "../desk/rota/index.ts";
import { changeRota, rotaNamed, rotasNow } from "../engine/rota.ts";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import type { Lang } from "../model/lang.ts";
import type { Rota } from "../model/rota.ts";
import { reachable, rotasOf } from "../model/rota/of-book.ts";
import { daemonAt } from "./client.ts";
import { aboutOf, hold } from "./hold.ts";
import { byOf, openHere } from "./inspect/alone.ts";
import { momentIn } from "./moment.ts";
import { readState } from "./read-state.ts";
import { listed, listText } from "./rota/list.ts";
import { textOf } from "./run/request.ts";
import type { Call, Verb } from "./verb.ts";

/** Who is on call for the next two weeks; changes of that: through the daemon when one owns the data. What was changed is never rewritten. */
export const rota: Verb = {
  name: "rota",
  words: "any",
  options: {
    from: { type: "string" },
    to: { type: "string" },
    reason: { type: "string" },
    by: { type: "string" },
  },
  run: async (call) => {
    const [what = "list", name] = call.positionals;
    if (what === "list" && call.positionals.length <= 2) return await list(call, name);
    const usage = new WatchbookError("ROTA-USAGE", { given: call.positionals.join(" ") });
    if (WORDS.get(what) !== call.positionals.length) throw usage;
    const open = await openHere(call);
    const lang = call.values["lang"] === undefined ? open.book.lang : call.lang;
    const meant = rotaNamed(rotasOf(open.book), name);
    const wanted = wantedOf(call, meant.zone);
    if (wanted === undefined) throw usage;
    const ask = { ...wanted, reason: textOf(call.values, "reason") ?? "", by: byOf(call) };
    const client = await daemonAt(call.data, call.world.clock);
    let change: RotaChange;
    if (client) {
      const path = `/api/v1/rotas/${encodeURIComponent(meant.id)}/changes`;
      ({ change } = await client.post<{ readonly change: RotaChange }>(path, ask));
    } else {
      await using held = await hold(call.world, call.data, aboutOf(call));
      ({ change } = await changeRota(held.house, open.book, meant.id, ask));
    }
    const nameOf = (id: string): string => reachable(open.book, id).name;
    const now = call.world.clock.wall();
    call.world.stdout.write(
      call.json ? `${JSON.stringify({ change }, null, 2)}\n` : `${said(meant, change, lang, { nameOf, now })}\n`,
    );
    return EXIT.ok;
  },
};

async function list(call: Call, name: string | undefined): Promise<Exit> {
  await using state = await readState(call);
  const { book } = state.book.open;
  const all = await rotasNow(state.store, book);
  if (all.length === 0) throw new WatchbookError("ROTA-NONE");
  const now = call.world.clock.wall();
  const found = (name === undefined ? all : [rotaNamed(all, name)]).map((one) => listed(one, now));
  const called = (id: string) => ({ person: id, ...reachable(book, id) });
  const text = (): string => found.map((one) => listText(one, { lang: state.lang, now, called })).join("\n");
  call.world.stdout.write(call.json ? `${JSON.stringify({ rotas: found }, null, 2)}\n` : text());
  return EXIT.ok;
}

/** How many words each form has. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ["override", 3],
  ["swap", 4],
  ["withdraw", 3],
]);

/** What is wanted by the words; undefined when `--to` is missing. */
function wantedOf(call: Call, zone: string): RotaAsk | undefined {
  const [what, , a = "", b = ""] = call.positionals;
  if (what === "withdraw") return { do: "withdraw", change: a };
  const now = call.world.clock.wall();
  const to = textOf(call.values, "to");
  if (to === undefined) return undefined;
  const from = textOf(call.values, "from");
  const begins = from === undefined ? now : momentIn(from, zone, now);
  const span = { begins, ends: momentIn(to, zone, now, true) };
  return what === "override" ? { do: "override", person: a, ...span } : { do: "swap", persons: [a, b], ...span };
}

interface Words {
  readonly nameOf: (id: string) => string;
  readonly now: number;
}

function said({ title, zone }: Rota, change: RotaChange, lang: Lang, { nameOf, now }: Words): string {
  const words = texts(lang).rota.said;
  if (change.do === "withdraw") return format(words.withdrawn, { id: change.change, rota: title });
  const time = clockTimes(zone, lang, now);
  const who = change.do === "override" ? [nameOf(change.person)] : change.persons.map(nameOf);
  const args = { id: change.id, rota: title, who, from: time(change.begins), to: time(change.ends) };
  return format(change.do === "override" ? words.recorded : words.swapped, args);
}
