import { request } from "node:http";
import { Failure } from "../node/failure.ts";
import type { Home } from "../node/home.ts";
import type { Order } from "../node/serve.ts";

/** A frozen node must not hold anybody up; a dial may take ten seconds. */
const LIMIT_MS = { status: 5000, peers: 5000, connect: 15_000 };

/** Gives an order to the running node. Exit 4: stopped, or silent. */
export function ask(home: Home, order: Order): Promise<unknown> {
  return new Promise((resolve, reject) => {
    process.chdir(home.root);
    const call = request({ socketPath: home.control, method: "POST", path: "/" }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        clearTimeout(timer);
        const body = JSON.parse(Buffer.concat(parts).toString("utf8")) as {
          ok: boolean;
          answer?: unknown;
          error?: string;
        };
        if (body.ok) resolve(body.answer);
        else reject(new Failure(body.error ?? "refused", "Check the address and that the other node runs.", 3));
      });
    });
    const timer = setTimeout(() => {
      call.destroy();
      reject(
        new Failure(
          `The node did not answer within ${LIMIT_MS[order.do] / 1000} s.`,
          "It may be frozen: look at its process state.",
          4,
        ),
      );
    }, LIMIT_MS[order.do]);
    call.on("error", (cause: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const stopped = cause.code === "ENOENT" || cause.code === "ECONNREFUSED";
      reject(
        stopped
          ? new Failure("The node does not run.", `Read ${home.log}, then start it.`, 4, { cause })
          : new Failure(`The node cannot be asked: ${cause.message}`, `Read ${home.log}.`, 4, { cause }),
      );
    });
    call.end(JSON.stringify(order));
  });
}
