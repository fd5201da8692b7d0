import type { MiddlewareHandler } from "hono";
import { WatchbookError } from "../../model/error.ts";
import { addressOf } from "../access/who.ts";
import type { Env, Parts } from "../front.ts";

/** Whether somebody came who may not; that nothing was shown at all is a page's first question, and no try. */
export const isRefusal = (code: string): boolean =>
  /^(?:TOKEN-(?:UNKNOWN|SCOPE)|SIGN-IN-WAIT|NOT-ALLOWED|INBOUND-SILENCE)$/.test(code);

/**
 * Records who was refused at a door for other systems. What they sent is not read for it: it may be long, and whoever may not
 * come in says nothing here. What a source or a job tells stands where alerts and checks do.
 */
export const refusals =
  (parts: Parts, action: "inbound" | "heartbeat"): MiddlewareHandler<Env> =>
  async (c, next) => {
    await next();
    const { error } = c;
    if (!(error instanceof WatchbookError) || !isRefusal(error.code)) return;
    await parts.access.audit.write({
      person: c.get("person") ?? "-",
      action,
      object: c.req.path.split("/").slice(3).join("/").slice(0, 100),
      outcome: "refused",
      code: error.code,
      address: addressOf(c, parts),
      request: c.get("request"),
    });
  };
