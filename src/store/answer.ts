import type { DatabaseSync, StatementSync } from "node:sqlite";
import { fold, foldedOf, type Folded } from "./fold.ts";
import { versionOf } from "./migrate.ts";
import type { Question, Row } from "./protocol.ts";
import type { SampleFiles } from "./writer.ts";

const SQL = {
  duty: "SELECT record FROM duty WHERE duty = ? AND period = ?",
  duties: "SELECT record FROM duty WHERE ?1 IS NULL OR duty = ?1 ORDER BY period DESC, duty LIMIT ?2",
  inspection: "SELECT record FROM inspection WHERE id = ?",
  inspections: "SELECT record FROM inspection WHERE ?1 IS NULL OR duty = ?1 ORDER BY started DESC, rowid DESC LIMIT ?2",
  events: "SELECT seq, at, kind, subject, data FROM event WHERE seq > ?1 ORDER BY seq LIMIT ?2",
  eventsOfKind: "SELECT seq, at, kind, subject, data FROM event WHERE kind = ?3 AND seq > ?1 ORDER BY seq LIMIT ?2",
  book: "SELECT json FROM book WHERE digest = ?",
  run: "SELECT record, epoch FROM run JOIN fence ON fence.run = number WHERE id = ?",
  runs: "SELECT record FROM run WHERE ?1 IS NULL OR runbook = ?1 ORDER BY created DESC, number DESC LIMIT ?2",
  runsOpen:
    "SELECT record FROM run WHERE open = 1 AND (?1 IS NULL OR runbook = ?1) ORDER BY created DESC, number DESC LIMIT ?2",
  plan: "SELECT json FROM plan WHERE digest = ?",
  journal:
    "SELECT last, seq, journal.epoch, at, entry FROM fence LEFT JOIN journal ON journal.run = fence.run AND seq > ?2 " +
    "WHERE fence.run = (SELECT number FROM run WHERE id = ?1) ORDER BY seq LIMIT ?3",
  desk: "SELECT record FROM desk WHERE of = ?1 ORDER BY at DESC, number DESC LIMIT ?2",
  deskOpen: "SELECT record FROM desk WHERE of = ?1 AND open = 1 ORDER BY at DESC, number DESC LIMIT ?2",
  deskUnder:
    "SELECT record FROM desk WHERE of = ?1 AND under = ?3 AND (?4 = 0 OR open = 1) ORDER BY at DESC, number DESC LIMIT ?2",
  deskOne: "SELECT record FROM desk WHERE of = ? AND id = ?",
  locks: "SELECT key, run, person, reason, taken, expires FROM lock ORDER BY key",
  audit:
    "SELECT record FROM audit WHERE seq < ?1 AND (?2 IS NULL OR person = ?2) AND (?3 IS NULL OR action = ?3) " +
    "ORDER BY seq DESC LIMIT ?4",
  value: "SELECT value FROM value WHERE key = ?",
  floor: "SELECT at FROM floor",
  samples:
    "SELECT at, value, facts, seq, outcome FROM sample WHERE probe = ? AND target = ? AND at >= ? AND at < ? " +
    "ORDER BY at DESC, seq DESC LIMIT ?",
} as const;

/** SQLite: no limit. */
const EVERY = -1;
const EVERY_MOMENT = Number.MAX_SAFE_INTEGER;

/** Samples older than this moment were dropped. */
export const floorOf = (db: DatabaseSync): number => Number(db.prepare(SQL.floor).get()?.["at"] ?? -8.64e15);

/** Gives a function that answers one question with rows. `files` is absent for a store in memory. */
export function answerer(db: DatabaseSync, files: SampleFiles | undefined): (question: Question) => readonly Row[] {
  const prepared = new Map<string, StatementSync>();
  const all = (name: keyof typeof SQL, ...cells: (string | number | null)[]): Row[] => {
    let statement = prepared.get(name);
    if (!statement) prepared.set(name, (statement = db.prepare(SQL[name])));
    return statement.all(...cells).map((row) => Object.values(row) as Row);
  };
  const raw = (check: string, target: string, from: number, to: number, limit: number): Row[] => {
    const waiting = all("samples", check, target, from, to, limit);
    const moved = files?.days.read(check, target, from, limit, to) ?? [];
    return merge(waiting, moved, limit);
  };
  /** Single samples, and points where they were rolled; oldest first. */
  const folded = (check: string, target: string, since: number, to: number): Folded[] => {
    const from = Math.max(since, floorOf(db));
    const rolled = files?.rolled.read(check, target, from, to, new Set(files.days.list())) ?? [];
    return [...rolled, ...raw(check, target, from, to, EVERY).map(foldedOf)].sort((a, b) => a.at - b.at);
  };
  const samples = ({
    check,
    target,
    since,
    limit,
    thin,
    now,
  }: Extract<Question, { ask: "samples" }>): readonly Row[] => {
    const rows = raw(check, target, Math.max(since, floorOf(db)), EVERY_MOMENT, limit);
    if (rows.length >= limit && !thin) return rows;
    const old = files?.rolled.list() ?? [];
    if (rows.length < limit && old.length === 0) return rows;
    const found = folded(check, target, since, EVERY_MOMENT);
    const few = found.length > limit && thin ? fold(found, Math.ceil((now - since + 1) / limit), since) : found;
    return few.slice(-limit).map(({ at, last, facts, worst }) => [at, last, facts, 0, worst]);
  };
  return (question) => {
    switch (question.ask) {
      case "duty":
        return all("duty", question.duty, question.period);
      case "duties":
      case "inspections":
        return all(question.ask, question.duty, question.limit);
      case "inspection":
        return all("inspection", question.id);
      case "samples":
        return samples(question);
      case "series": {
        const { check, target, from, to, points } = question;
        const found = fold(folded(check, target, from, to), Math.max(1, Math.ceil((to - from) / points)), from);
        return found.map(({ at, min, sum, max, last, count, worst }) => [
          at,
          min,
          sum / count,
          max,
          last,
          count,
          worst,
        ]);
      }
      case "events":
        return question.kind === null
          ? all("events", question.after, question.limit)
          : all("eventsOfKind", question.after, question.limit, question.kind);
      case "book":
        return all("book", question.digest);
      case "run":
        return all("run", question.id);
      case "runs":
        return all(question.open ? "runsOpen" : "runs", question.runbook, question.limit);
      case "plan":
        return all("plan", question.digest);
      case "journal":
        return all("journal", question.run, question.after, question.limit);
      case "desk": {
        const { of, open, under, limit } = question;
        if (under !== null) return all("deskUnder", of, limit, under, open ? 1 : 0);
        return all(open ? "deskOpen" : "desk", of, limit);
      }
      case "deskOne":
        return all("deskOne", question.of, question.id);
      case "audit":
        return all("audit", question.before, question.person, question.action, question.limit);
      case "locks":
        return all("locks");
      case "value":
        return all("value", question.key);
      case "version":
        break;
    }
    return [[versionOf(db)]];
  };
}

/** Newest `limit` of both, oldest first. A sample that is in both files (a move was interrupted) counts once, by seq. */
function merge(waiting: readonly Row[], moved: readonly Row[], limit: number): Row[] {
  const unique = new Map([...moved, ...waiting].map((row) => [row[3], row]));
  const order = (a: Row, b: Row): number => Number(a[0]) - Number(b[0]) || Number(a[3]) - Number(b[3]);
  const sorted = [...unique.values()].sort(order);
  return limit < 0 ? sorted : sorted.slice(-limit);
}
