import { dirname, join } from "node:path";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { openDatabase, openToRead } from "./open.ts";
import { Writer } from "./writer.ts";
import { answerer } from "./answer.ts";
import { Days } from "./days.ts";
import { Rolled } from "./rolled.ts";
import { failureOf } from "./failure.ts";
import { expectOurs, migrate } from "./migrate.ts";
import type { Answer, Request, Start } from "./protocol.ts";

/**
 * The thread that owns the file. It takes every request that is waiting, makes one transaction of all commits among
 * them, then answers the questions, so that a question sees every commit that was sent before it.
 */
function serve(start: Start, port: NonNullable<typeof parentPort>): void {
  const { readOnly = false } = start;
  const db = readOnly ? openToRead(start.file) : openDatabase(start.file);
  if (readOnly) expectOurs(db, start.file);
  else migrate(db, start.file, start.now);
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
  port.on("message", (first: readonly Request[]) => {
    const requests = [...first];
    for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port))
      requests.push(...(more.message as readonly Request[]));
    const commits = requests.filter((request) => "commit" in request);
    if (commits.length > 0) port.postMessage(writer.commit(commits));
    const answers = requests.filter((request) => "question" in request).map(ask);
    if (answers.length > 0) port.postMessage(answers);
    if (!readOnly) writer.settle();
    const close = requests.find((request) => "close" in request);
    if (!close) return;
    if (!readOnly) writer.close();
    days?.close();
    rolled?.close();
    db.close();
    port.postMessage([{ id: close.id, rows: [] }]);
    port.close();
  });
  port.postMessage([{ id: 0, rows: [] }]);
}

if (parentPort) {
  const start = workerData as Start;
  try {
    serve(start, parentPort);
  } catch (error) {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    parentPort.postMessage([{ id: 0, failure: failureOf(error, start.file) }]);
    parentPort.close();
  }
}
