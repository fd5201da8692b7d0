import type { Context, MiddlewareHandler } from "hono";
import { WatchbookError } from "../model/error.ts";
import type { Lang } from "../model/lang.ts";
import { hostName, isLocalName, namesDeclared } from "./access/origin.ts";
import type { BareParts, Env } from "./front.ts";
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

/** Headers that an answer may set itself. */
const OWN = new Set(["content-security-policy", "cache-control"]);

export const headers: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  // A page with a style of its own names it by its digest, files with a digest in their name are kept; nothing else is ever looser.
  for (const [name, value] of Object.entries(HEADERS))
    if (!OWN.has(name) || !c.res.headers.has(name)) c.res.headers.set(name, value);
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
  if (c.req.path === "/" || c.req.path === "/plain" || c.req.path === "/now" || c.req.path.startsWith("/reports/"))
    return undefined;
  return /^\s*(zh|en)\b/i.exec(c.req.header("accept-language") ?? "")?.[1]?.toLowerCase() as Lang | undefined;
}

/**
 * On loopback only loopback names are answered: a page of another site whose name was pointed at 127.0.0.1 (DNS
 * rebinding) sends its own name. Other addresses need a token anyway, which such a page cannot know.
 */
export const hosts =
  (parts: BareParts): MiddlewareHandler<Env> =>
  async (c, next) => {
    const name = hostName(c.req.header("host") ?? "");
    // The declared address comes through a proxy on this machine, and is treated as any other open door.
    const ours = isLocalName(name) || namesDeclared(c, parts.daemon.book().open.book.config.alerts?.url);
    if (c.env.front === "loopback" && !ours)
      return refuse(new WatchbookError("HOST-NOT-SERVED", { host: name }), c.get("lang") ?? "en");
    return next();
  };
