import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

/** What a webhook receiver got. */
export interface Got {
  readonly id: string;
  readonly group: string;
  readonly event: string;
  readonly severity: string;
  readonly title: string;
  readonly body: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly links: readonly { readonly text: string; readonly url: string }[];
}

/** A real HTTP server on loopback that keeps what is posted to it; `status` is what it answers, 0: nothing, ever. */
export async function receiver(t: Pick<TestContext, "after">) {
  const got: Got[] = [];
  const state = { status: 200 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const taken = state.status === 200 && request.method === "POST";
      if (state.status === 0) return;
      if (taken) got.push(JSON.parse(Buffer.concat(chunks).toString("utf8")) as Got);
      response.writeHead(state.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { got, state, url: `http://127.0.0.1:${port}/`, events: () => got.map(({ event }) => event) };
}
