import type { Book } from "../../model/book.ts";
import type { Duty } from "../../model/duty.ts";
import type { Lang } from "../../model/lang.ts";
import { printable } from "../../model/printable.ts";
import { at } from "../../model/source.ts";
import type { Service } from "../../model/policy.ts";
import type { LayerSpec } from "../../model/rota/spec.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { columns } from "../columns.ts";

/** A part of the posture; where nobody stated it, that it is only the default. */
function stated(posture: Service["posture"], part: "availability" | "automation", lang: Lang): string {
  const value = posture[part];
  return posture.unstated?.includes(part) ? format(texts(lang).show.unstated, { value }) : value;
}

/** Services with their environments and posture, then the environments themselves. */
export function showServices(book: Book, lang: Lang): string {
  const { show, cli } = texts(lang);
  const colon = cli.colon.trimEnd();
  const services = book.services.map(({ id, title, environments, posture, source }) => [
    id,
    title,
    environments.join(" → "),
    `${stated(posture, "availability", lang)} / ${stated(posture, "automation", lang)}`,
    at(source),
  ]);
  const environments = book.environments.map(({ id, name, definition, protected: kept, source }) => [
    id,
    name,
    kept ? show.protected : "",
    definition ?? "",
    at(source),
  ]);
  return [
    services.length === 0 ? `${show.noServices}\n` : columns(services),
    environments.length === 0 ? `${show.noEnvironments}\n` : `${show.environments}${colon}\n${columns(environments)}`,
  ].join("\n");
}

/** Duties with frequency, items, and what judges each item. */
export function showDuties(book: Book, lang: Lang): string {
  if (book.duties.length === 0) return `${texts(lang).show.noDuties}\n`;
  return book.duties.map((duty) => dutyText(duty, lang)).join("\n");
}

/** One duty: what it is and how often, then its items with what judges them. */
export function dutyText({ id, title, every, owner, items, source }: Duty, lang: Lang): string {
  const { show, desk } = texts(lang);
  const rows = items.map((item) => [
    item.checks.length > 0 ? "●" : "○",
    item.text,
    item.checks.length > 0 ? item.checks.join(", ") : show.person,
    at(item.source),
  ]);
  const when = every === undefined ? show.never : desk.every[every];
  const head = `${id}  ${title} · ${when}${owner === undefined ? "" : ` · ${owner}`}  ${at(source)}`;
  return `${printable(head)}\n${columns(rows, "    ")}`;
}

/** Rotas with their layers, people and contacts as the book has them. Who is on call now is told by `who`. */
export function showRota(book: Book, lang: Lang): string {
  const { show, cli } = texts(lang);
  const colon = cli.colon.trimEnd();
  const rotas = book.config.rota.flatMap(({ id, layers, source }) =>
    layers.map((layer, index) => [
      index === 0 ? id : "",
      layer.people.join(" → "),
      layerSay(layer, lang),
      index === 0 ? at(source) : "",
    ]),
  );
  const people = book.config.people.map(({ id, name, roles, key, source }) => [
    id,
    name,
    roles.join(", "),
    key === undefined ? show.noKey : show.hasKey,
    at(source),
  ]);
  const contacts = book.contacts.map(({ role, contact, duty, source }) => [role, contact, duty, at(source)]);
  const calendars = book.config.calendars.map(({ id, knownUntil, source }) => [
    id,
    format(show.knownUntil, { until: knownUntil }),
    at(source),
  ]);
  const parts = [
    ...(rotas.length > 0 ? [`${show.rotas}${colon}\n${columns(rotas)}`] : []),
    ...(people.length > 0 ? [`${show.people}${colon}\n${columns(people)}`] : []),
    ...(contacts.length > 0 ? [`${show.contacts}${colon}\n${columns(contacts)}`] : []),
    ...(calendars.length > 0 ? [`${show.calendars}${colon}\n${columns(calendars)}`] : []),
  ];
  return parts.length === 0 ? `${show.noRota}\n` : parts.join("\n");
}

/** When a layer has anybody, and how long one of its people has it. */
function layerSay({ turn, at: time, days, hours, calendar, zone }: LayerSpec, lang: Lang): string {
  const { show } = texts(lang);
  const length = turn?.unit === "days" && turn.length % 7 === 0 ? turn.length / 7 : (turn?.length ?? 0);
  const unit = turn?.unit === "hours" ? "hours" : turn !== undefined && turn.length % 7 === 0 ? "weeks" : "days";
  const parts = [
    turn === undefined ? show.always : format(show.turns[unit], { length }),
    ...(turn === undefined || time === undefined ? [] : [format(show.handsOver, { time })]),
    ...(days === undefined
      ? []
      : [typeof days === "string" ? show[days] : days.map((day) => show.days[day]).join(" ")]),
    ...(hours === undefined ? [] : [`${hours.from}–${hours.to}`]),
    ...(calendar === undefined ? [] : [calendar]),
    ...(zone === undefined ? [] : [zone]),
  ];
  return parts.join(" · ");
}
