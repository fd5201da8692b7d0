import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Env, Parts } from "../front.ts";
import { declared, namesDeclared } from "./origin.ts";

type C = Context<Env>;

/** Reached under its declared https address: the proxy in front does the encryption. */
export function isSecure(c: C, parts: Parts): boolean {
  const url = parts.daemon.book().open.book.config.alerts?.url;
  return declared(url)?.protocol === "https:" && namesDeclared(c, url);
}

/** Browsers keep cookies of all ports of a host together: each data directory has its own name. */
const nameOf = ({ daemon }: Parts, secure: boolean): string => {
  const suffix = createHash("sha256").update(daemon.house.data).digest("hex").slice(0, 8);
  return `${secure ? "__Host-" : ""}watchbook-${suffix}`;
};

/** The value of the session's cookie; undefined when there is none. */
export const tokenOf = (c: C, parts: Parts): string | undefined => getCookie(c, nameOf(parts, isSecure(c, parts)));

/** HttpOnly: no script reads it. Strict: no other site's link or form brings it along. Gone with the browser. */
export function giveCookie(c: C, parts: Parts, token: string): void {
  const secure = isSecure(c, parts);
  setCookie(c, nameOf(parts, secure), token, { httpOnly: true, sameSite: "Strict", path: "/", secure });
}

export function takeCookie(c: C, parts: Parts): void {
  const secure = isSecure(c, parts);
  deleteCookie(c, nameOf(parts, secure), { path: "/", secure });
}

/** Made from the cookie, which no other site knows: whoever sends it reads our answers. */
export const csrfOf = (token: string): string => createHash("sha256").update(`csrf ${token}`).digest("base64url");

export const CSRF_HEADER = "x-watchbook-csrf";

export function hasCsrf(c: C, token: string): boolean {
  const given = Buffer.from(c.req.header(CSRF_HEADER) ?? "");
  const wanted = Buffer.from(csrfOf(token));
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
