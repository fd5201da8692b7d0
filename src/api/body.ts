import type { Context, MiddlewareHandler } from "hono";
import { MOST_KEPT } from "../engine/run/kept.ts";
import { WatchbookError } from "../model/error.ts";
import type { Env } from "./front.ts";
import { refuse } from "./problem.ts";

/** Bytes of a request's body. */
const BODY = 64 * 1024;
/** Of what a person tells of a step, with what was seen there; of a photo. Their own limits are a little lower. */
const TOLD = 2 << 20;
const PHOTO = MOST_KEPT + 1024;
/** Alerts of other systems: some ten thousand of them. */
const ALERTS = 8 << 20;

const mostOf = (path: string): number => {
  if (/^\/api\/v1\/runs\/[^/]+\/actions$/.test(path)) return TOLD;
  if (/^\/api\/(?:v2\/alerts|inbound\/[^/]+)$/.test(path)) return ALERTS;
  return /^\/api\/v1\/runs\/[^/]+\/files$/.test(path) ? PHOTO : BODY;
};

/** Whether a body is one that is read at all. */
export const isReadable = (c: Context<Env>): boolean =>
  c.req.header("transfer-encoding") === undefined && Number(c.req.header("content-length") ?? 0) <= mostOf(c.req.path);

/**
 * Bodies say how long they are, and are short, unless a person gives a photo or tells of a step. One without a length
 * would have to be counted as it comes (hono's own limit does that by making the request anew, which the server's requests
 * do not allow: a POST without any body fell).
 */
export const bodies: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.header("transfer-encoding") !== undefined)
    return refuse(new WatchbookError("BODY-NO-LENGTH"), c.get("lang"));
  const most = mostOf(c.req.path);
  if (Number(c.req.header("content-length") ?? 0) > most)
    return refuse(new WatchbookError("BODY-TOO-LARGE", { bytes: most }), c.get("lang"));
  await next();
  return undefined;
};
