import type { Context, MiddlewareHandler } from "hono";
import { WatchbookError } from "../model/error.ts";
import type { Lang } from "../model/lang.ts";
import type { BareParts, Env, Parts } from "./front.ts";
import { refuse } from "./problem.ts";

/** Nothing is loaded from anywhere else, nothing may frame or embed an answer, nothing is kept in caches. */
const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

export const headers: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  // A page with a style of its own names it by its digest; nothing else is ever looser.
  for (const [name, value] of Object.entries(HEADERS))
    if (name !== "content-security-policy" || !c.res.headers.has(name)) c.res.headers.set(name, value);
};

/** `?lang=`, then Accept-Language, then the book's language. */
export const language =
  (parts: BareParts): MiddlewareHandler<Env> =>
  async (c, next) => {
    c.set("lang", langOf(c) ?? parts.daemon.book().open.book.lang);
    await next();
  };

function langOf(c: Context<Env>): Lang | undefined {
  const said = c.req.query("lang") ?? "";
  if (said !== "") return said.startsWith("zh") ? "zh" : "en";
  // A page opens in the book's language: its readers share it. Programs may ask for another.
  if (c.req.path === "/" || c.req.path === "/now" || c.req.path.startsWith("/reports/")) return undefined;
  return /^\s*(zh|en)\b/i.exec(c.req.header("accept-language") ?? "")?.[1]?.toLowerCase() as Lang | undefined;
}

/** Name part of a Host header: `[::1]:7070` → `::1`. */
const hostName = (host: string): string =>
  /^\[([^\]]*)\]|^([^:]*)/
    .exec(host)
    ?.slice(1)
    .find((part) => part !== undefined) ?? "";

/**
 * On loopback only loopback names are answered: a page of another site whose name was pointed at 127.0.0.1 (DNS
 * rebinding) sends its own name. Other addresses need a token anyway, which such a page cannot know.
 */
export const hosts: MiddlewareHandler<Env> = async (c, next) => {
  const name = hostName(c.req.header("host") ?? "").toLowerCase();
  const ours =
    name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127(?:\.\d{1,3}){3}$/.test(name);
  if (c.env.front === "loopback" && !ours)
    return refuse(new WatchbookError("HOST-NOT-SERVED", { host: name }), c.get("lang") ?? "en");
  return next();
};

/** Token of an Authorization header. Basic carries it as the password and is good for reading only. */
function given(c: Context<Env>): { readonly token: string; readonly basic: boolean } | undefined {
  const header = c.req.header("authorization") ?? "";
  const bearer = /^bearer\s+(\S+)$/i.exec(header)?.[1];
  if (bearer !== undefined) return { token: bearer, basic: false };
  const basic = /^basic\s+(\S+)$/i.exec(header)?.[1];
  if (basic === undefined) return undefined;
  const pair = Buffer.from(basic, "base64").toString("utf8");
  return { token: pair.slice(pair.indexOf(":") + 1), basic: true };
}

/** Who may do what: see Front. Sets `person` when a token says who it is. */
export const rights =
  (parts: Parts): MiddlewareHandler<Env> =>
  async (c, next) => {
    const reads = c.req.method === "GET" || c.req.method === "HEAD";
    const { front } = c.env;
    if (front === "socket" || (front === "loopback" && reads)) return next();
    // The link of a notice carries its own right: one acknowledgement, once.
    if (/^\/acknowledge\/[\w.-]+$/.test(c.req.path)) return next();
    const lang = c.get("lang");
    const offer = given(c);
    if (offer === undefined) return refuse(new WatchbookError("TOKEN-NEEDED"), lang);
    const kept = await parts.tokens.find(parts.daemon.book().open.book.config.people, offer.token);
    if (kept === undefined) return refuse(new WatchbookError("TOKEN-UNKNOWN"), lang);
    // A browser repeats Basic by itself, also for a foreign page's form: it must never write.
    if (!reads && (offer.basic || kept.scope !== "write"))
      return refuse(new WatchbookError("TOKEN-SCOPE", { person: kept.person }), lang);
    c.set("person", kept.person);
    return next();
  };
