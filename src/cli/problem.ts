import type { ProblemAsk } from "../desk/problem/index.ts";
import { oneNamed } from "../engine/incidents/named.ts";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import type { Lang } from "../model/lang.ts";
import type { Problem } from "../model/problem.ts";
import { plain } from "../report/escape.ts";
import { through } from "./incident/desk.ts";
import { byOf } from "./inspect/alone.ts";
import { propose } from "./problem/propose.ts";
import { readState, type ReadState } from "./read-state.ts";
import { textOf } from "./run/request.ts";
import type { Call, Verb } from "./verb.ts";

const NEWEST = 1_000;

/** Problems: what comes back, until it does not. */
export const problem: Verb = {
  name: "problem",
  words: "any",
  options: {
    all: { type: "boolean" },
    incident: { type: "string", multiple: true },
    ...{ reason: { type: "string" }, proof: { type: "string" }, file: { type: "string" } },
    "output-file": { type: "string" },
    by: { type: "string" },
  },
  run: async (call) => {
    const [what = "list", name, text, ...rest] = call.positionals;
    const usage = new WatchbookError("PROBLEM-USAGE", { given: call.positionals.join(" ") });
    if (rest.length > 0) throw usage;
    if (what === "list" && name === undefined) return list(call);
    if (name === undefined) throw usage;
    if (what === "open" && text === undefined) return open(call, name);
    if ((what === "show" || what === "propose") && text === undefined) return look(call, what, name);
    const ask = askOf(call, what, text);
    if (ask === undefined) throw usage;
    const done = await through<Problem>(
      call,
      (client) => client.post(`/api/v1/problems/${encodeURIComponent(name)}/actions`, { ...ask, by: byOf(call) }),
      (incidents) => incidents.actOnProblem(byOf(call), name, ask),
    );
    return say(call, done, "problemDone");
  },
};

/** What is done to it; undefined for words that are not understood. */
function askOf(call: Call, what: string, text: string | undefined): ProblemAsk | undefined {
  if (what === "close" && text === undefined) {
    const [fix = "", proof = ""] = [textOf(call.values, "reason"), textOf(call.values, "proof")];
    if (fix.trim() === "" || proof.trim() === "")
      throw new WatchbookError("PROBLEM-UNPROVEN", { id: call.positionals[1] ?? "" });
    return { do: "close", fix, proof };
  }
  if (text === undefined) return undefined;
  switch (what) {
    case "take":
      return { do: "take", owner: text };
    case "note":
    case "cause":
    case "workaround":
      return { do: what, text };
    case "link":
      return { do: "link", incident: text };
    default:
      return undefined;
  }
}

function say(call: Call, done: Problem, how: "problem" | "problemDone"): Exit {
  const { said, problemStates } = texts(call.lang).incidents;
  const { id, title, state } = done;
  const line = format(said[how], { id, title, state: problemStates[state] });
  call.world.stdout.write(call.json ? `${JSON.stringify(done, null, 2)}\n` : `${line}\n`);
  return EXIT.ok;
}

async function open(call: Call, title: string): Promise<Exit> {
  const linked = (call.values["incident"] ?? []) as readonly string[];
  const made = await through<Problem>(
    call,
    (client) => client.post("/api/v1/problems", { title, incidents: linked, by: byOf(call) }),
    (incidents) => incidents.openProblem(byOf(call), title, linked),
  );
  return say(call, made, "problem");
}

const rowOf = (one: Problem, lang: Lang): string => {
  const { said, problemStates } = texts(lang).incidents;
  const count = format(said.recurs, { count: one.incidents.length });
  return `${one.id}  ${problemStates[one.state]}  ${plain(one.title, 200)} · ${count}${one.owner === undefined ? "" : ` · ${plain(one.owner)}`}`;
};

async function list(call: Call): Promise<Exit> {
  await using state = await readState(call);
  const found = await state.store.desk("problem", { open: call.values["all"] !== true, limit: NEWEST });
  const { said } = texts(state.lang).incidents;
  const text = found.length === 0 ? said.noProblems : found.map((one) => rowOf(one, state.lang)).join("\n");
  call.world.stdout.write(call.json ? `${JSON.stringify({ problems: found }, null, 2)}\n` : `${text}\n`);
  return EXIT.ok;
}

/** All that is known of one. */
function problemText(one: Problem, { lang }: ReadState): string {
  const { said } = texts(lang).incidents;
  const { colon } = texts(lang).cli;
  return [
    rowOf(one, lang),
    ...(one.cause === undefined ? [] : [`  ${said.cause}${colon}${plain(one.cause, 2_000)}`]),
    ...(one.workaround === undefined ? [] : [`  ${said.workaround}${colon}${plain(one.workaround, 2_000)}`]),
    ...one.incidents.map((id) => `  ${id}`),
    ...one.notes.map(({ by, text }) => `  ${plain(by)}: ${plain(text, 2_000)}`),
    "",
  ].join("\n");
}

async function look(call: Call, what: "show" | "propose", name: string): Promise<Exit> {
  await using state = await readState(call);
  const exact = await state.store.deskOne("problem", name);
  const found = exact ?? oneNamed(await state.store.desk("problem", { limit: NEWEST }), name, "PROBLEM-UNKNOWN");
  if (what === "propose") return await propose(call, state, found);
  call.world.stdout.write(call.json ? `${JSON.stringify(found, null, 2)}\n` : problemText(found, state));
  return EXIT.ok;
}
