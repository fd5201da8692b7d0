import { html } from "hono/html";
import type { WhoNow } from "../../desk/rota/index.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import { section, type Markup, type Today } from "./parts.ts";
import { clockTimes } from "./times.ts";

interface Person {
  readonly state: WhoNow["state"];
  readonly who: readonly { readonly name: string }[];
}
/** As the desk and the contract have it. */
type Shown = Person &
  Pick<WhoNow, "zone" | "at" | "until"> & { readonly next: (Person & { readonly from: number }) | null };

/** Who it is by one rota, in one phrase. */
function personSay({ state, who }: Person, lang: Lang): string {
  const { said } = texts(lang).rota;
  const names = who.map(({ name }) => name).join(", ");
  if (state === "on") return names;
  return state === "gap" || names === "" ? said.gap : `? ${names}`;
}

/** Who is on call by one rota: now, until when, and who is next. */
export function onCallSay(now: Shown, lang: Lang): { readonly now: string; readonly after: string } {
  const { said } = texts(lang).rota;
  const time = clockTimes(now.zone, lang, now.at);
  const until = now.until === null ? said.endless : format(said.until, { time: time(now.until) });
  const after =
    now.next === null ? "" : format(said.next, { who: personSay(now.next, lang), time: time(now.next.from) });
  return { now: `${personSay(now, lang)} · ${until}`, after };
}

/** Nothing when the book has no rota. */
export function onCall({ now, lang }: Today): Markup | string {
  const all = now.onCall ?? [];
  if (all.length === 0) return "";
  const rows = all.map((one) => {
    const said = onCallSay(one, lang);
    const contacts = one.who.flatMap(({ contact }) => contact ?? []).join(", ");
    return html`<li class="card">
      <div class="line"><h3>${one.title}</h3></div>
      <p>${said.now}</p>
      <p class="quiet">${[contacts, said.after].filter((part) => part !== "").join(" · ")}</p>
    </li>`;
  });
  return section(
    "on-call",
    texts(lang).rota.said.shifts,
    html`<ul class="cards">
      ${rows}
    </ul>`,
  );
}
