import { WatchbookError } from "../../model/error.ts";
import type { DeclareAsk, IncidentDeed } from "../../model/incident-ask.ts";
import { given } from "../../model/given.ts";
import { momentIn } from "../moment.ts";
import { textOf } from "../run/request.ts";
import type { Call } from "../verb.ts";

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const PUBLIC = ["investigating", "identified", "monitoring", "resolved"] as const;

const usage = (call: Call): WatchbookError =>
  new WatchbookError("INCIDENT-USAGE", { given: call.positionals.join(" ") });

function oneOf<T extends string>(all: readonly T[], text: string | undefined, call: Call): T {
  const found = all.find((one) => one === text);
  if (found === undefined) throw usage(call);
  return found;
}

/** `--due`. Throws INCIDENT-DATE. */
export function dueOf(call: Call): string | undefined {
  const due = textOf(call.values, "due");
  if (due !== undefined && !DATE.test(due)) throw new WatchbookError("INCIDENT-DATE", { due });
  return due;
}

/** What `incident open` asks for. */
export function declareOf(call: Call, zone: string): DeclareAsk {
  const { values, positionals, world } = call;
  const [, title] = positionals;
  const of = (name: string): string | undefined => textOf(values, name);
  const since = of("since");
  return {
    ...given({ title, alert: of("alert"), symptom: of("symptom"), priority: of("priority"), service: of("service") }),
    ...given({ impact: of("impact"), urgency: of("urgency"), class: of("class") }),
    ...(since !== undefined && { since: momentIn(since, zone, world.clock.wall()) }),
    ...(values["sim"] === true && { simulated: true as const }),
    do: "open",
  };
}

/** How many words follow each deed, its own name and the incident left out. */
const WORDS: Readonly<Record<string, number>> = {
  ...{ ack: 0, resume: 0, look: 0, resolve: 0, reopen: 0, review: 0 },
  ...{ note: 1, hide: 1, unhide: 1, pin: 1, unpin: 1, priority: 1, pause: 1, confirm: 1, action: 1, done: 1 },
  ...{ edit: 2, assign: 2, publish: 2, retract: 1 },
};
export const isDeed = (what: string): boolean => Object.hasOwn(WORDS, what);

/** What the words ask for. Throws INCIDENT-USAGE or INCIDENT-DATE. */
export function deedOf(call: Call): IncidentDeed {
  const [what = "", , ...words] = call.positionals;
  if (words.length !== WORDS[what]) throw usage(call);
  const [one = "", two = ""] = words;
  const { values } = call;
  const reason = textOf(values, "reason") ?? "";
  const note = textOf(values, "note");
  switch (what) {
    case "ack":
      return { do: "ack", ...given({ note }) };
    case "note":
      return { do: "note", text: one, ...(values["announce"] === true && { announce: true as const }) };
    case "edit":
      return { do: "edit", entry: one, text: two };
    case "hide":
      return { do: "hide", entry: one, reason };
    case "unhide":
      return { do: "show", entry: one };
    case "pin":
    case "unpin":
      return { do: what, entry: one };
    case "assign":
      return { do: "assign", role: one, person: two };
    case "priority":
      return { do: "priority", priority: one, reason };
    case "pause":
      return { do: "pause", pause: one, ...given({ text: note }) };
    case "resume":
    case "look":
      return { do: what };
    case "confirm":
      return { do: "confirm", says: oneOf(["red", "green"], one, call), reason };
    case "resolve":
      return { do: "resolve", text: reason, ...given({ owner: textOf(values, "owner"), due: dueOf(call) }) };
    case "reopen":
      return { do: "reopen", reason };
    case "action":
      return { do: "action", text: one, owner: textOf(values, "owner") ?? "", due: dueOf(call) ?? "" };
    case "done":
      return { do: "done", action: one, text: reason };
    case "publish":
      return { do: "publish", state: oneOf(PUBLIC, one, call), text: two };
    case "retract":
      if (!/^[1-9]\d{0,5}$/.test(one)) throw usage(call);
      return { do: "retract", update: Number(one), reason };
    default:
      return { do: "review", text: reason };
  }
}
