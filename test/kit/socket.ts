import { request } from "node:http";
import type { TestContext } from "node:test";
import { ownerOf } from "../../src/store/ownership.ts";
import { begin } from "./cli.ts";
import { until } from "./wb.ts";

/** Starts the real daemon about a book, waits until it serves, gives its socket; it ends with the test. */
export async function daemon(t: Pick<TestContext, "after">, book: string, data: string): Promise<string> {
  const started = begin(t, ["serve", "--listen", "127.0.0.1:0", "--json"], book);
  await until(`the daemon serves: ${started.said.err}`, 90, () => started.said.out.includes("\n"));
  return ownerOf(data)!.socket!;
}

/** One request over the socket: bytes as they are, anything else as JSON. */
export function call(
  socketPath: string,
  method: string,
  path: string,
  body: unknown,
): Promise<{ readonly status: number | undefined; readonly json: any }> {
  const isBytes = Buffer.isBuffer(body);
  const headers = { host: "localhost", "content-type": isBytes ? "application/octet-stream" : "application/json" };
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => void chunks.push(chunk));
      answer.on("end", () =>
        resolve({ status: answer.statusCode, json: JSON.parse(Buffer.concat(chunks).toString("utf8")) }),
      );
    });
    asked.on("error", reject);
    asked.end(isBytes ? body : JSON.stringify(body));
  });
}
