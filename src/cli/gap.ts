import { closeGap, gapsNow, recordGap } from "../engine/gaps.ts";
import type { House } from "../engine/house.ts";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import type { Gap } from "../model/gap.ts";
import { columns } from "../report/columns.ts";
import { daemonAt, type Client } from "./client.ts";
import { aboutOf, hold } from "./hold.ts";
import { byOf } from "./inspect/alone.ts";
import { readState } from "./read-state.ts";
import { textOf } from "./run/request.ts";
import type { Call, Verb } from "./verb.ts";

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** Questions that the manual could not answer: whoever had to ask records it, and it stays until the manual answers it. */
export const gap: Verb = {
  name: "gap",
  words: "any",
  options: {
    owner: { type: "string" },
    due: { type: "string" },
    reason: { type: "string" },
    by: { type: "string" },
    all: { type: "boolean" },
  },
  run: async (call) => {
    const [what = "list", word, ...rest] = call.positionals;
    const usage = new WatchbookError("GAP-USAGE", { given: call.positionals.join(" ") });
    if (rest.length > 0) throw usage;
    if (what === "list" && word === undefined) return list(call);
    if (word === undefined || (what !== "add" && what !== "close")) throw usage;
    const found = await (what === "add" ? add(call, word) : close(call, word));
    const { said } = texts(call.lang).gap;
    call.world.stdout.write(
      call.json ? `${JSON.stringify(found, null, 2)}\n` : `${format(said[what], { id: found.id })}\n`,
    );
    return EXIT.ok;
  },
};

/** Through the daemon when one owns the data, else here. */
async function through(
  call: Call,
  there: (client: Client) => Promise<Gap>,
  here: (house: House) => Promise<Gap>,
): Promise<Gap> {
  const client = await daemonAt(call.data, call.world.clock);
  if (client) return there(client);
  await using held = await hold(call.world, call.data, aboutOf(call));
  return await here(held.house);
}

function add(call: Call, question: string): Promise<Gap> {
  const due = textOf(call.values, "due");
  if (due !== undefined && !DATE.test(due)) throw new WatchbookError("GAP-DUE", { due });
  const ask = { question, by: byOf(call), owner: textOf(call.values, "owner"), due };
  return through(
    call,
    (client) => client.post<Gap>("/api/v1/gaps", ask),
    (house) => recordGap(house, ask),
  );
}

function close(call: Call, id: string): Promise<Gap> {
  const end = { reason: textOf(call.values, "reason") ?? "", by: byOf(call) };
  if (end.reason.trim() === "") throw new WatchbookError("GAP-EMPTY");
  return through(
    call,
    (client) => client.post<Gap>(`/api/v1/gaps/${encodeURIComponent(id)}/close`, end),
    (house) => closeGap(house, id, end),
  );
}

async function list(call: Call): Promise<Exit> {
  await using state = await readState(call);
  const all = await gapsNow(state.store);
  const found = call.values["all"] === true ? all : all.filter(({ closed }) => closed === undefined);
  const { said } = texts(state.lang).gap;
  const rows = found.map(({ id, question, by, owner, due, closed }) => [
    id,
    closed === undefined ? said.open : said.closed,
    owner ?? by,
    due ?? "",
    closed === undefined ? question : `${question} → ${closed.reason}`,
  ]);
  const text = rows.length === 0 ? `${said.none}\n` : columns(rows, "");
  call.world.stdout.write(call.json ? `${JSON.stringify({ gaps: found }, null, 2)}\n` : text);
  return EXIT.ok;
}
