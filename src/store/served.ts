import { dirname, join } from "node:path";
import { answerer } from "./answer.ts";
import { Days } from "./days.ts";
import { failureOf } from "./failure.ts";
import { expectOurs, migrate } from "./migrate.ts";
import { openDatabase, openToRead } from "./open.ts";
import type { Answer, Request, Start } from "./protocol.ts";
import { Rolled } from "./rolled.ts";
import { Writer } from "./writer.ts";

/** The file, open, and everything that can be asked of it; by a thread of its own or by the caller's. */
export interface Served {
  /**
   * Makes one transaction of all commits among the requests, then answers the questions, so that a question sees every commit
   * that was sent before it. `give` gets the answers as they come. True when the file is closed: that was asked for.
   */
  take(requests: readonly Request[], give: (answers: readonly Answer[]) => void): boolean;
}

/** Opens the file. Throws what `failureOf` understands. */
export function serveFile(start: Start): Served {
  const { readOnly = false } = start;
  const db = readOnly ? openToRead(start.file) : openDatabase(start.file);
  try {
    if (readOnly) expectOurs(db, start.file);
    else migrate(db, start.file, start.now);
  } catch (error) {
    db.close();
    throw error;
  }
  const days = start.file === ":memory:" ? undefined : new Days(join(dirname(start.file), "samples"), { readOnly });
  const rolled = days && new Rolled(join(dirname(start.file), "samples"), { readOnly });
  const writer = new Writer(db, days && rolled && { days, rolled }, start);
  const answer = answerer(db, days && rolled && { days, rolled });
  const ask = (request: Extract<Request, { question: unknown }>): Answer => {
    try {
      return { id: request.id, rows: answer(request.question) };
    } catch (error) {
      return { id: request.id, failure: failureOf(error, start.file) };
    }
  };
  return {
    take: (requests, give) => {
      const commits = requests.filter((request) => "commit" in request);
      if (commits.length > 0) give(writer.commit(commits));
      const answers = requests.filter((request) => "question" in request).map(ask);
      if (answers.length > 0) give(answers);
      if (!readOnly) writer.settle();
      const close = requests.find((request) => "close" in request);
      if (!close) return false;
      if (!readOnly) writer.close();
      days?.close();
      rolled?.close();
      db.close();
      give([{ id: close.id, rows: [] }]);
      return true;
    },
  };
}
