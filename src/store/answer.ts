import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Days } from "./days.ts";
import { versionOf } from "./migrate.ts";
import type { Question, Row } from "./protocol.ts";

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
  value: "SELECT value FROM value WHERE key = ?",
  floor: "SELECT at FROM floor",
  samples:
    "SELECT at, value, facts, seq FROM sample WHERE probe = ? AND target = ? AND at >= ? ORDER BY at DESC, seq DESC LIMIT ?",
} as const;

/** Samples older than this moment were dropped. */
export const floorOf = (db: DatabaseSync): number => Number(db.prepare(SQL.floor).get()?.["at"] ?? -8.64e15);

/** Gives a function that answers one question with rows. `days` is absent for a store in memory. */
export function answerer(db: DatabaseSync, days: Days | undefined): (question: Question) => readonly Row[] {
  const prepared = new Map<string, StatementSync>();
  const all = (name: keyof typeof SQL, ...cells: (string | number | null)[]): Row[] => {
    let statement = prepared.get(name);
    if (!statement) prepared.set(name, (statement = db.prepare(SQL[name])));
    return statement.all(...cells).map((row) => Object.values(row) as Row);
  };
  const samples = (check: string, target: string, since: number, limit: number): Row[] => {
    const from = Math.max(since, floorOf(db));
    const waiting = all("samples", check, target, from, limit);
    const moved = days?.read(check, target, from, limit) ?? [];
    return merge(waiting, moved, limit);
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
        return samples(question.check, question.target, question.since, question.limit);
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
  return [...unique.values()].sort(order).slice(-limit);
}
