import type { Context } from "hono";
import type { Env, Front } from "../front.ts";

type C = Context<Env>;

/** Name part of a Host header: `[::1]:7070` → `::1`. */
export const hostName = (host: string): string =>
  /^\[([^\]]*)\]|^([^:]*)/
    .exec(host)
    ?.slice(1)
    .find((part) => part !== undefined)
    ?.toLowerCase() ?? "";

/** Names under which nobody but this machine is reached. */
export const isLocalName = (name: string): boolean =>
  name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127(?:\.\d{1,3}){3}$/.test(name);

/** The address at which people reach this watchbook (`alerts: url:`), when the book says one. */
export function declared(url: string | undefined): URL | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
}

/** Whether a request names that address, as what a proxy in front passes on does. */
export const namesDeclared = (c: C, url: string | undefined): boolean =>
  declared(url)?.hostname === hostName(c.req.header("host") ?? "");

/** Whether something in front of the daemon passed it on: then loopback says nothing of who asks. */
const isForwarded = (c: C): boolean =>
  ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip"].some((name) => c.req.header(name) !== undefined);

/** The door a request really came through: what a proxy on this machine passes on is open, not loopback. */
export function frontOf(c: C): Front {
  if (c.env.front !== "loopback") return c.env.front;
  return isForwarded(c) || !isLocalName(hostName(c.req.header("host") ?? "")) ? "open" : "loopback";
}

/** Somebody at this very machine: nothing else may make the first administrator. */
export const isHere = (c: C): boolean =>
  c.env.front === "socket" ||
  (!isForwarded(c) &&
    isLocalName(hostName(c.req.header("host") ?? "")) &&
    /^(?:127\.|::1$|::ffff:127\.)/.test(c.env.address ?? ""));

/** Whether a request that changes something was sent by our own page: another site's page says so itself (Fetch Metadata, Origin). */
export function isOwnPage(c: C): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origin = c.req.header("origin");
  if (origin === undefined) return true;
  // A form under `referrer-policy: no-referrer` says `null`: the browser must then say where it came from.
  if (origin === "null") return site === "same-origin";
  return URL.canParse(origin) && new URL(origin).host === (c.req.header("host") ?? "").toLowerCase();
}
