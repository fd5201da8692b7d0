import type { Daemon } from "../../engine/daemon.ts";
import type { CheckNow, Snapshot } from "../../engine/snapshot.ts";
import { troubles, type Trouble } from "../../engine/troubles.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Reading } from "../../model/check.ts";
import type { Lang } from "../../model/lang.ts";
import { at, type Source } from "../../model/source.ts";
import { figure, limits } from "../../report/figure.ts";
import { related } from "../../report/inspection/related.ts";
import type { DaemonNow, Status, TroubleSaid } from "../contract.ts";
import { dutyView } from "./duty.ts";
import { errorSaid, reasonSaid } from "./say.ts";
import { ownerOf } from "./service/services.ts";

export function daemonView(daemon: Daemon, listening: readonly string[], lang: Lang): DaemonNow {
  const ill = daemon.ill();
  const { down } = daemon.watcher;
  return {
    pid: daemon.pid,
    host: daemon.house.host,
    version: daemon.house.version,
    started: daemon.started,
    lastTick: daemon.lastTick(),
    interval: daemon.interval() / 1000,
    listen: [...listening],
    ill: ill === undefined ? null : errorSaid(ill, lang),
    down: down === undefined ? null : { ...down, missed: [...down.missed] },
  };
}

/** A trouble in words, with what the check said and where the manual says what to do. */
function troubleSaid(trouble: Trouble, now: Snapshot, find: Finder, lang: Lang): TroubleSaid {
  const { say, fix } = texts(lang).api.troubles[trouble.kind];
  const check = now.checks.find(({ spec }) => spec.id === trouble.subject && trouble.kind.startsWith("check-"));
  const duty = now.duties.find((one) => one.duty.id === trouble.subject)?.duty;
  const place =
    check === undefined ? duty && { look: at(duty.source), source: duty.source } : placeOf(check, now, find);
  const reason = check?.reading === undefined ? "" : seen(check.reading, lang);
  const waits = [trouble.args["waits"] ?? []].flat().map((kind) => worded(String(kind), lang));
  const clocks = [trouble.args["clocks"] ?? []].flat().map((name) => clockWord(String(name), lang));
  const args = { ...trouble.args, reason, look: place?.look ?? "", waits, clocks };
  const { kind, level, subject } = trouble;
  const service = check && ownerOf(now.book.open.book, check.spec.service);
  return {
    kind,
    level,
    subject,
    ...(service !== undefined && { service }),
    source: place?.source ?? null,
    say: format(say, args).trim(),
    fix: format(fix, args),
  };
}

const clockWord = (name: string, lang: Lang): string =>
  (texts(lang).incidents.clocks as Readonly<Record<string, string>>)[name] ?? name;

/** What a run waits for, in words. */
const worded = (kind: string, lang: Lang): string =>
  (texts(lang).runs.waits as Readonly<Record<string, string>>)[kind] ?? kind;

/** What a reading says: its reason in words, or its value beside the limits that judged it. */
function seen(reading: Reading, lang: Lang): string {
  const { value, unit, bands } = reading;
  const said = reasonSaid(reading, lang);
  if (said !== "" || value === undefined) return said;
  const beside = limits(bands, unit, lang);
  return beside === "" ? figure(value, unit, lang) : `${figure(value, unit, lang)} (${beside})`;
}

type Finder = ReturnType<typeof related>;

/** Where to look when a check is not well: the symptom or procedure that speaks of it, else its checklist item. */
function placeOf({ spec }: CheckNow, now: Snapshot, find: Finder): { readonly look: string; readonly source: Source } {
  const items = now.duties.flatMap(({ duty }) => duty.items).filter((item) => item.checks.includes(spec.id));
  const source = items[0]?.source ?? spec.source;
  const [first] = find({ text: [spec.title, ...items.map((item) => item.text)].join(" "), source });
  if (first?.kind === "symptom")
    return { look: `${first.symptom} → ${first.look} (${at(first.source)})`, source: first.source };
  if (first !== undefined) return { look: `${first.title} (${at(first.source)})`, source: first.source };
  return { look: at(source), source };
}

/** What is wrong and due at one moment; `daemon` is null when nobody watches. */
export function statusView(now: Snapshot, daemon: DaemonNow | null, lang: Lang): Status {
  const { book } = now.book.open;
  const find = related(book);
  const count = (outcome: string | undefined): number =>
    now.checks.filter(({ reading }) => reading?.outcome === outcome).length;
  return {
    at: now.at,
    title: book.title,
    zone: book.zone,
    lang: book.lang,
    daemon,
    checks: {
      pass: count("pass"),
      warn: count("warn"),
      fail: count("fail"),
      unknown: count("unknown"),
      unread: count(undefined),
    },
    channels: [...(now.channels ?? [])],
    troubles: troubles(now).map((trouble) => troubleSaid(trouble, now, find, lang)),
    // The desk's form without its readonly marks.
    onCall: [...(now.onCall ?? [])] as unknown as Status["onCall"],
    duties: now.duties.map(dutyView).map(({ id, title, state, period, due, next, missed, owner }) => ({
      id,
      title,
      state,
      period,
      due,
      next,
      missed,
      owner,
    })),
  };
}
