import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import { columns } from "../columns.ts";
import { figure } from "../figure.ts";
import { momentSay } from "../inspection/say.ts";
import type { SetView } from "./view.ts";

const parts = ({ parts: all }: SetView): string => all.map(({ id, kind }) => `${id} (${kind})`).join(", ");

/** When it was last restored and what held then, or that nobody knows whether it can be. */
function proof({ restored, proofUnread, state, holds }: SetView, lang: Lang, zone: string): string {
  const words = texts(lang).backups.list;
  const said = restored
    ? format(words.restored, { at: momentSay(Date.parse(restored.at), zone), probes: restored.probes })
    : state === "unproven"
      ? proofUnread
        ? words.unread
        : words.never
      : "–";
  return holds.length > 0 ? `${said} · ${format(words.held, { runs: holds.join(", ") })}` : said;
}

/** Sets in columns, newest first. */
export function setsText(sets: readonly SetView[], lang: Lang, zone: string): string {
  const { head, states } = texts(lang).backups.list;
  const rows = sets.map((set) => [
    set.backup,
    set.id,
    states[set.state],
    set.taken === null ? "–" : momentSay(Date.parse(set.taken), zone),
    set.bytes === null ? "–" : figure(set.bytes, "bytes", lang),
    parts(set),
    proof(set, lang, zone),
  ]);
  return columns([[head.backup, head.set, head.state, head.taken, head.size, head.parts, head.proof], ...rows], "");
}
