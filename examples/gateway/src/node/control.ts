import { createServer } from "node:http";
import { once } from "node:events";

/** Answers of a control port: `GET /health`, `POST /promote` …, each with JSON; a missing one is 404, a failing one 409. */
export type Routes = Readonly<Record<string, () => unknown>>;

/** Serves them on loopback, for this machine only. */
export async function control(port: number, routes: Routes): Promise<void> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void =>
      void response.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
    const route = routes[`${request.method} ${request.url}`];
    if (!route) return answer(404, { failed: "no-such-route" });
    Promise.resolve()
      .then(route)
      .then(
        (body) => answer(200, body ?? { done: true }),
        (error: NodeJS.ErrnoException) => answer(409, { failed: error.code ?? error.message }),
      );
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}
