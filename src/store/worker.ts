import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { failureOf } from "./failure.ts";
import type { Request, Start } from "./protocol.ts";
import { serveFile } from "./served.ts";

/** The thread that owns the file. It takes every request that is waiting. */
function serve(start: Start, port: NonNullable<typeof parentPort>): void {
  const served = serveFile(start);
  port.on("message", (first: readonly Request[]) => {
    const requests = [...first];
    for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port))
      requests.push(...(more.message as readonly Request[]));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    if (served.take(requests, (answers) => port.postMessage(answers))) port.close();
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
