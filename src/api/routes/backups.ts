import { backupsNow, type BackupNow } from "../../engine/backups-now.ts";
import { drilledOf } from "../../engine/plan/drilled.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { alarmFor, alarmsOf } from "../../model/backup-alarm.ts";
import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import { alarmView } from "../../report/backup/alarm.ts";
import { setView } from "../../report/backup/view.ts";
import {
  backupsRoute,
  drillDaysRoute,
  promisesRoute,
  setsRoute,
  type BackupListed,
  type SetsNow,
} from "../contract.ts";
import type { Api, Parts } from "../front.ts";
import { drillDays, promisesView } from "../view/drills.ts";
import { dayIn } from "../view/duty-days.ts";

/** How long a look at a repository may take, milliseconds. */
const LOOK = 30_000;

function listed(book: Book, { spec, taken, alarm }: BackupNow, lang: Lang): BackupListed {
  const { id, title = null, data, target, into, every = null, source } = spec;
  const { ageMs } = alarmFor(spec);
  const known = (runbook: string): string | null => (book.runbooks.some((one) => one.id === runbook) ? runbook : null);
  const held = drilledOf(book).find((one) => one.id === `restore-${id}`)?.objectives ?? [];
  const reasons: Readonly<Record<string, string>> = texts(lang).steps.reasons;
  return {
    ...{ id, title, data: [...data], target, into, every, source },
    rpo: held.find(({ name, unit }) => name === "rpo" && unit === "seconds")?.value ?? null,
    oldest: ageMs === undefined ? null : ageMs / 1_000,
    taken: taken ?? null,
    alarm: alarm ? format(reasons[alarm.code] ?? alarm.code, alarm.args) : null,
    ...{ take: known(`backup-${id}`), restore: known(`restore-${id}`) },
  };
}

/** Looks into the repository of one backup. Rejects with BACKUP-UNKNOWN, BACKUP-UNSEEN. */
async function setsNow({ daemon }: Parts, id: string, lang: Lang): Promise<SetsNow> {
  const { house } = daemon;
  const { open } = daemon.book();
  const spec = open.book.config.backups.find((one) => one.id === id);
  if (spec === undefined || house.sets === undefined) {
    const known = open.book.config.backups.map((one) => one.id).join(", ");
    throw new WatchbookError("BACKUP-UNKNOWN", { name: id, nearest: known });
  }
  const sets = await house.sets(open, spec, AbortSignal.timeout(LOOK));
  const now = house.clock.wall();
  const shown = sets.toReversed().map((set) => {
    const { backup: _, digest: _digest, proofUnread: _unread, parts, holds, ...rest } = setView(spec, set, now);
    return { ...rest, parts: [...parts], holds: [...holds] };
  });
  const alarms = alarmsOf(sets, alarmFor(spec), now).map((alarm) => {
    const { level, code, say } = alarmView(spec, alarm, lang);
    return { level, code, say };
  });
  return { at: now, sets: shown, alarms };
}

export function backupRoutes(app: Api, parts: Parts): void {
  const { daemon } = parts;
  const { house } = daemon;
  app.openapi(backupsRoute, async (c) => {
    const { book } = daemon.book().open;
    const found = await backupsNow(house.store, book.config.backups);
    return c.json({ at: house.clock.wall(), backups: found.map((one) => listed(book, one, c.get("lang"))) }, 200);
  });
  app.openapi(setsRoute, async (c) => c.json(await setsNow(parts, c.req.valid("param").id, c.get("lang")), 200));
  app.openapi(drillDaysRoute, async (c) => {
    const { open } = daemon.book();
    const day = dayIn(open.book.zone);
    const today = day(house.clock.wall());
    const { month = today.slice(0, 7) } = c.req.valid("query");
    const { drills } = (await house.drills?.(open)) ?? { drills: [] };
    return c.json({ month, today, days: [...drillDays(drills, day, month)] }, 200);
  });
  app.openapi(promisesRoute, async (c) => {
    const { open } = daemon.book();
    const record = (await house.drills?.(open)) ?? { drills: [], removed: [] };
    return c.json(promisesView(open.book, record, house.clock.wall()), 200);
  });
}
