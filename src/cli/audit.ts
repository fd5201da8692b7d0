import { brokenAt } from "../engine/access/audit.ts";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import type { AuditEntry } from "../model/account.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { printable } from "../model/printable.ts";
import { utc } from "../model/time.ts";
import { columns } from "../report/columns.ts";
import { readState } from "./read-state.ts";
import { textOf } from "./run/request.ts";
import type { Call, Verb } from "./verb.ts";

/** What was done through the server and what was refused: read beside the daemon, also when none runs. */
export const audit: Verb = {
  name: "audit",
  words: "any",
  options: { person: { type: "string" }, action: { type: "string" }, limit: { type: "string" } },
  run: async (call) => {
    const [what = "list", ...rest] = call.positionals;
    if (rest.length > 0 || (what !== "list" && what !== "verify"))
      throw new WatchbookError("AUDIT-USAGE", { given: call.positionals.join(" ") });
    return what === "list" ? list(call) : verify(call);
  },
};

function limitOf(call: Call): number {
  const limit = textOf(call.values, "limit") ?? "50";
  if (/^\d{1,4}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= 1_000) return Number(limit);
  throw new WatchbookError("AUDIT-LIMIT", { limit });
}

async function list(call: Call): Promise<Exit> {
  const limit = limitOf(call);
  await using state = await readState(call);
  const [person, action] = [textOf(call.values, "person"), textOf(call.values, "action")];
  const entries = await state.store.audit({ limit, ...(person && { person }), ...(action && { action }) });
  const { said } = texts(state.lang).access;
  const rowOf = (one: AuditEntry): readonly string[] => [
    utc(one.at),
    one.person,
    one.action,
    one.object,
    [said.outcomes[one.outcome], one.code, one.omitted && format(said.omitted, { count: one.omitted })]
      .filter(Boolean)
      .join(" "),
    one.address,
    one.reason ?? "",
  ];
  const rows = entries.map((one) => rowOf(one).map(printable));
  const text = rows.length === 0 ? `${said.noEntries}\n` : columns(rows, "");
  call.world.stdout.write(call.json ? `${JSON.stringify({ entries }, null, 2)}\n` : text);
  return EXIT.ok;
}

async function verify(call: Call): Promise<Exit> {
  await using state = await readState(call);
  const broken = await brokenAt(state.store);
  const [head] = await state.store.audit({ limit: 1 });
  const { said } = texts(state.lang).access;
  const line =
    broken === undefined
      ? format(said.whole, { count: head?.seq ?? 0, hash: head?.hash ?? "-" })
      : format(said.broken, { seq: broken });
  const result = { lines: head?.seq ?? 0, head: head?.hash ?? null, broken: broken ?? null };
  call.world.stdout.write(call.json ? `${JSON.stringify(result)}\n` : `${line}\n`);
  return broken === undefined ? EXIT.ok : EXIT.failed;
}
