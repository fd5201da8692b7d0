import type { Context } from "hono";
import type { Env, Parts } from "../front.ts";

type C = Context<Env>;

/** Whether what opened a stream still holds; asking is no sign of life. */
async function holds(c: C, { access, tokens, daemon }: Parts): Promise<boolean> {
  const { person = "", signIn, token } = c.get("who");
  const { people } = daemon.book().open.book.config;
  if (!access.grants(people, person)) return false;
  if (signIn) return access.signIns.now(person).some(({ id }) => id === signIn.id);
  return (await tokens.valid(people)).some(({ id }) => id === token?.id);
}

/** Ends a stream of events, with the next thing that would be sent, once the session or token that opened it is over. */
export function cutOff(c: C, parts: Parts): void {
  const { body } = c.res;
  const { signIn, token } = c.get("who");
  if (!body || !(signIn || token) || !(c.res.headers.get("content-type") ?? "").startsWith("text/event-stream")) return;
  const guard = new TransformStream<Uint8Array, Uint8Array>({
    transform: async (chunk, to) => {
      if (await holds(c, parts)) to.enqueue(chunk);
      else to.terminate();
    },
  });
  c.res = new Response(body.pipeThrough(guard), c.res);
}
