import { streamSSE, type SSEStreamingApi } from "hono/streaming";
import { lastSeq, tail } from "../../engine/tail.ts";
import { eventsRoute, streamRoute } from "../contract.ts";
import type { Api, Parts } from "../front.ts";

/** Sign of life when nothing happens, milliseconds. */
const TICK = 5_000;

export function eventRoutes(app: Api, { daemon }: Parts): void {
  const { store } = daemon.house;
  app.openapi(eventsRoute, async (c) => {
    const { after, kind, limit, newest } = c.req.valid("query");
    const events =
      newest !== undefined
        ? await tail(store, newest)
        : await store.events({ after, limit, ...(kind === undefined ? {} : { kind }) });
    return c.json({ events: events.map((event) => ({ ...event })) }, 200);
  });
  app.openapi(streamRoute, async (c) => {
    const resume = Number(c.req.header("last-event-id") ?? Number.NaN);
    const after = Number.isInteger(resume) ? resume : (c.req.valid("query").after ?? (await lastSeq(store)));
    return streamSSE(c, (stream) => follow(stream, daemon, after));
  });
}

/** Sends what is committed, in order, until the reader leaves or the daemon stops. */
async function follow(stream: SSEStreamingApi, daemon: Parts["daemon"], from: number): Promise<void> {
  const { clock, store } = daemon.house;
  const left = new AbortController();
  stream.onAbort(() => left.abort());
  daemon.done.then(
    () => left.abort(),
    () => left.abort(),
  );
  let heard = Promise.withResolvers<"events" | "checks">();
  const deaf = daemon.bell.hear((ring) => heard.resolve(ring.kind));
  try {
    await stream.writeSSE({ event: "tick", data: JSON.stringify({ at: clock.wall() }) });
    for (let after = from; !left.signal.aborted;) {
      for (const event of await store.events({ after, limit: 100 })) {
        await stream.writeSSE({ event: "event", id: String(event.seq), data: JSON.stringify(event) });
        after = event.seq;
      }
      const idle = new AbortController();
      const silence = clock.sleep(TICK, AbortSignal.any([left.signal, idle.signal])).then(
        () => "tick" as const,
        () => "tick" as const,
      );
      const why = await Promise.race([heard.promise, silence]);
      idle.abort();
      if (why !== "tick") heard = Promise.withResolvers();
      if (why !== "events" && !left.signal.aborted)
        await stream.writeSSE({ event: why, data: JSON.stringify({ at: clock.wall() }) });
    }
  } finally {
    deaf();
  }
}
