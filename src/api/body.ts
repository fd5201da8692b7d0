import type { MiddlewareHandler } from "hono";
import { WatchbookError } from "../model/error.ts";
import type { Env } from "./front.ts";
import { refuse } from "./problem.ts";

/** Bytes of a request's body. */
const BODY = 64 * 1024;

/**
 * Bodies say how long they are, and are short. One without a length would have to be counted as it comes (hono's own
 * limit does that by making the request anew, which the server's requests do not allow: a POST without any body fell).
 */
export const bodies: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.header("transfer-encoding") !== undefined)
    return refuse(new WatchbookError("BODY-NO-LENGTH"), c.get("lang"));
  if (Number(c.req.header("content-length") ?? 0) > BODY)
    return refuse(new WatchbookError("BODY-TOO-LARGE", { bytes: BODY }), c.get("lang"));
  await next();
  return undefined;
};
