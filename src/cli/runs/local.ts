import { existsSync } from "node:fs";
import { join } from "node:path";
import { plan } from "../../engine/plan/plan.ts";
import { shownName } from "../../engine/run/control/output.ts";
import { RunFollower } from "../../engine/run/follow.ts";
import { cursorText, readCursor, START_OF_RUN } from "../../engine/run/follow/cursor.ts";
import { keepFile } from "../../engine/run/kept.ts";
import { outputFolder } from "../../engine/run/output.ts";
import { readOutput } from "../../store/output/read.ts";
import { openHere } from "../inspect/alone.ts";
import { logins } from "../run/logins.ts";
import type { Call } from "../verb.ts";
import type { RunsDesk } from "./desk.ts";
import { Holding } from "./holding.ts";

/** In this process, which takes the data directory for the time; a run that nobody drives is driven as far as it goes. */
export async function localDesk(call: Call): Promise<RunsDesk> {
  const open = await openHere(call);
  const { book } = open;
  const lang = call.values["lang"] === undefined ? book.lang : call.lang;
  const holding = new Holding(call, open, lang);
  const isProtected = (environment: string): boolean =>
    book.environments.some((one) => one.id === environment && one.protected);
  const shown = async (run: string) => (await holding.look(run)).control.show(run);
  return {
    lang,
    book,
    plan: async (request) => {
      const made = await plan(open, await call.world.registry(), request);
      return { plan: made, protected: isProtected(made.environment) };
    },
    begin: async (request, asked) => {
      const { control } = await holding.drive();
      return control.show((await control.begin(request, { ...asked, logins: logins(call.world) })).record.id);
    },
    list: async (query) => (existsSync(join(call.data, "state.db")) ? (await holding.take()).control.list(query) : []),
    show: shown,
    act: async (run, by, action) => {
      await holding.look(run, true);
      const { control } = await holding.drive();
      return control.show((await control.act(run, by, action)).record.id);
    },
    keep: async (name, file, bytes) =>
      keepFile(call.data, await (await holding.look(name)).control.find(name), file, bytes),
    output: async (name, log, portion) => {
      const { control } = await holding.look(name);
      const run = await control.find(name);
      const found = shownName(run, await control.journal(run, 0), log);
      const { bytes, ...where } = await readOutput(outputFolder(call.data, run), found, portion);
      return { ...where, text: bytes.toString("utf8") };
    },
    follow: async function* (name, cursor, signal) {
      const { control, held } = await holding.look(name);
      const { store, clock, data } = held.house;
      const from = readCursor(cursor) ?? START_OF_RUN;
      const follower = new RunFollower({ control, store, clock, data, signal }, await control.find(name), from);
      for await (const message of follower.messages()) yield { message, cursor: cursorText(follower.cursor) };
    },
    settled: async (run) => void (await (await holding.take()).control.settled(run)),
    [Symbol.asyncDispose]: () => holding.leave(),
  };
}
