import type { IncidentShown } from "../api/contract.ts";
import { incidentView } from "../api/view/incident.ts";
import { dateIn } from "../book/lint/today.ts";
import { dismissAlert } from "../engine/incidents/dismiss.ts";
import { oneNamed } from "../engine/incidents/named.ts";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { isGoingOn, type Incident } from "../model/incident.ts";
import type { IncidentDeed } from "../model/incident-ask.ts";
import { through } from "./incident/desk.ts";
import { writeReview } from "./incident/review.ts";
import { incidentText, listText, type Speaker } from "./incident/text.ts";
import { declareOf, deedOf, isDeed } from "./incident/words.ts";
import { wordOf } from "./incident/word.ts";
import { byOf } from "./inspect/alone.ts";
import { textOf } from "./run/request.ts";
import { readState, type ReadState } from "./read-state.ts";
import type { Call, Verb } from "./verb.ts";

const NEWEST = 1_000;
const TEXTS = [
  "alert",
  "symptom",
  "priority",
  "impact",
  "urgency",
  "service",
  "class",
  "since",
  "note",
  "reason",
] as const;
const MORE = ["owner", "due", "as", "key", "signature", "output-file", "by"] as const;
const FLAGS = ["sim", "all", "announce", "print", "held"] as const;
const of = <T extends "string" | "boolean">(names: readonly string[], type: T) =>
  Object.fromEntries(names.map((name) => [name, { type }]));

/** Incidents: declared, taken, told, resolved, reviewed. */
export const incident: Verb = {
  name: "incident",
  words: "any",
  options: { ...of([...TEXTS, ...MORE], "string"), ...of(FLAGS, "boolean") },
  run: async (call) => {
    const [what = "list", ...words] = call.positionals;
    const usage = new WatchbookError("INCIDENT-USAGE", { given: call.positionals.join(" ") });
    if (what === "list" && words.length === 0) return list(call);
    if (what === "open" && words.length <= 1) return open(call);
    if (words.length === 0) throw usage;
    if (what === "show" && words.length === 1) return show(call);
    if (what === "word") return word(call);
    if (what === "dismiss" && words.length === 1) return dismiss(call);
    if (what === "review" && call.values["held"] !== true && words.length === 1) return review(call);
    if (!isDeed(what)) throw usage;
    const deed = deedOf(call);
    return told(call, await act(call, words[0]!, deed));
  },
};

const speakerOf = (call: Call, { book, lang }: ReadState): Speaker => ({
  lang,
  zone: book.open.book.zone,
  now: call.world.clock.wall(),
});

/** One of all that are recorded. Throws INCIDENT-UNKNOWN. */
async function named({ store }: ReadState, name: string): Promise<Incident> {
  return (
    (await store.deskOne("incident", name)) ??
    oneNamed(await store.desk("incident", { limit: NEWEST }), name, "INCIDENT-UNKNOWN")
  );
}

async function view(call: Call, state: ReadState, one: Incident): Promise<IncidentShown> {
  const problems = await state.store.desk("problem", { limit: NEWEST });
  return incidentView(one, { book: state.book.open.book, now: call.world.clock.wall(), problems });
}

async function list(call: Call): Promise<Exit> {
  await using state = await readState(call);
  const found = await state.store.desk("incident", { open: call.values["all"] !== true, limit: NEWEST });
  const shown = await Promise.all(found.map((one) => view(call, state, one)));
  const text = (): string => listText(shown, speakerOf(call, state));
  call.world.stdout.write(call.json ? `${JSON.stringify({ incidents: shown }, null, 2)}\n` : text());
  return shown.some((one) => isGoingOn(one)) ? EXIT.failed : EXIT.ok;
}

async function show(call: Call): Promise<Exit> {
  await using state = await readState(call);
  const shown = await view(call, state, await named(state, call.positionals[1]!));
  const { zone } = state.book.open.book;
  const text = (): string => incidentText(shown, speakerOf(call, state), dateIn(call.world.clock.wall(), zone));
  call.world.stdout.write(call.json ? `${JSON.stringify(shown, null, 2)}\n` : text());
  return EXIT.ok;
}

async function open(call: Call): Promise<Exit> {
  const zone = await (async () => {
    await using state = await readState(call);
    return state.book.open.book.zone;
  })();
  const ask = declareOf(call, zone);
  const { do: _, ...body } = ask;
  const made = await through<{ readonly id: string }>(
    call,
    (client) => client.post<IncidentShown>("/api/v1/incidents", { ...body, by: byOf(call) }),
    async (incidents) => await incidents.act(byOf(call), ask),
  );
  return told(call, made.id);
}

/** Gives the incident's id. */
async function act(call: Call, name: string, deed: IncidentDeed): Promise<string> {
  const made = await through<{ readonly id: string }>(
    call,
    (client) =>
      client.post<IncidentShown>(`/api/v1/incidents/${encodeURIComponent(name)}/actions`, { ...deed, by: byOf(call) }),
    async (incidents) => await incidents.act(byOf(call), { incident: name, ...deed }),
  );
  return made.id;
}

async function word(call: Call): Promise<Exit> {
  const { deed, id } = await (async () => {
    await using state = await readState(call);
    const found = await named(state, call.positionals[1]!);
    return { deed: await wordOf(call, state.book.open.book, found.id), id: found.id };
  })();
  return deed === undefined ? EXIT.ok : told(call, await act(call, id, deed));
}

async function review(call: Call): Promise<Exit> {
  await using state = await readState(call);
  const one = await named(state, call.positionals[1]!);
  const path = await writeReview(call, state, one);
  const { said } = texts(state.lang).incidents;
  call.world.stdout.write(
    call.json ? `${JSON.stringify({ incident: one.id, path })}\n` : `${format(said.written, { path })}\n`,
  );
  return EXIT.ok;
}

/** An alert was no incident: the week does not ask for one. */
async function dismiss(call: Call): Promise<Exit> {
  const [, name = ""] = call.positionals;
  const ask = { by: byOf(call), reason: textOf(call.values, "reason") ?? "" };
  if (ask.reason.trim() === "") throw new WatchbookError("INCIDENT-TEXT");
  const { id } = await through<{ readonly id: string }>(
    call,
    (client) => client.post(`/api/v1/alerts/${encodeURIComponent(name)}/dismissal`, ask),
    (_, house) => dismissAlert(house, name, ask),
  );
  const text = format(texts(call.lang).incidents.said.dismissed, { id });
  call.world.stdout.write(call.json ? `${JSON.stringify({ id })}\n` : `${text}\n`);
  return EXIT.ok;
}

/** How it stands after what was done. */
async function told(call: Call, id: string): Promise<Exit> {
  await using state = await readState(call);
  const shown = await view(call, state, await named(state, id));
  const { zone } = state.book.open.book;
  const text = (): string => incidentText(shown, speakerOf(call, state), dateIn(call.world.clock.wall(), zone));
  call.world.stdout.write(call.json ? `${JSON.stringify(shown, null, 2)}\n` : text());
  return EXIT.ok;
}
