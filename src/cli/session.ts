import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError } from "../model/error.ts";
import { utc } from "../model/time.ts";
import { columns } from "../report/columns.ts";
import { owner } from "./access/keeper.ts";
import type { Verb } from "./verb.ts";

/** Who is signed in at the console, and ending that. */
export const session: Verb = {
  name: "session",
  words: "any",
  options: {},
  run: async (call) => {
    const [what = "list", name, ...rest] = call.positionals;
    const { world, json } = call;
    const { said } = texts(call.lang).access;
    const fits = what === "list" ? name === undefined : what === "revoke" && name !== undefined;
    if (!fits || rest.length > 0) throw new WatchbookError("SESSION-USAGE", { given: call.positionals.join(" ") });
    const keeper = await owner(call);
    const sessions = await keeper.sessions();
    if (name === undefined) {
      const rows = sessions.map((one) => [one.id, one.person, utc(one.seen), one.address, one.methods.join("+")]);
      const text = rows.length === 0 ? `${said.noSessions}\n` : columns(rows, "");
      world.stdout.write(json ? `${JSON.stringify({ sessions }, null, 2)}\n` : text);
      return EXIT.ok;
    }
    const meant = sessions.filter(({ id, person }) => id === name || person === name);
    if (meant.length === 0) throw new WatchbookError("SESSION-UNKNOWN", { session: name });
    for (const { id } of meant) await keeper.end(id);
    const [first] = meant;
    const line =
      meant.length === 1
        ? format(said.ended.one, { person: first!.person })
        : format(said.ended.all, { count: meant.length });
    world.stdout.write(json ? `${JSON.stringify({ ended: meant.map(({ id }) => id) })}\n` : `${line}\n`);
    return EXIT.ok;
  },
};
