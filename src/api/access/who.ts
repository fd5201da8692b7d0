import type { Context } from "hono";
import { narrowed, type Grant } from "../../model/access.ts";
import type { SignIn } from "../../model/account.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Env, Front, Parts } from "../front.ts";
import type { KeptToken } from "../tokens.ts";
import { tokenOf } from "./cookie.ts";
import { frontOf, namesDeclared } from "./origin.ts";

/** Who asks, and by what that is known. */
export interface Who {
  readonly front: Front;
  readonly address: string;
  readonly grants: readonly Grant[];
  readonly person?: string;
  readonly token?: KeptToken;
  readonly signIn?: SignIn;
  /** A cookie came with it that is good for nothing any more. */
  readonly stale?: true;
  /** The cookie's value. */
  readonly cookie?: string;
}

type C = Context<Env>;

/**
 * Of the network, or as the proxy on this machine names it (its own word is the last of the list). A proxy is expected only under
 * the declared name: any other program here would name whom it likes, and guess as many.
 */
export function addressOf(c: C, { daemon }: Pick<Parts, "daemon">): string {
  if (c.env.front === "socket") return "socket";
  const { address = "-" } = c.env;
  if (!namesDeclared(c, daemon.book().open.book.config.alerts?.url)) return address;
  const passed = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
  const near = /^(?:127\.|::1$|::ffff:127\.)/.test(address);
  return near && passed !== undefined && /^[0-9a-f.:]{3,45}$/i.test(passed) ? passed : address;
}

/** Token of an Authorization header. Basic carries it as the password and is good for reading only. */
function given(c: C): { readonly token: string; readonly basic: boolean } | undefined {
  const header = c.req.header("authorization") ?? "";
  const bearer = /^bearer\s+(\S+)$/i.exec(header)?.[1];
  if (bearer !== undefined) return { token: bearer, basic: false };
  const basic = /^basic\s+(\S+)$/i.exec(header)?.[1];
  if (basic === undefined) return undefined;
  const pair = Buffer.from(basic, "base64").toString("utf8");
  return { token: pair.slice(pair.indexOf(":") + 1), basic: true };
}

/** Whether a request only looks. */
export const reads = (c: C): boolean => c.req.method === "GET" || c.req.method === "HEAD";

async function byToken(c: C, parts: Parts, at: Pick<Who, "front" | "address">): Promise<Who | undefined> {
  const offer = given(c);
  if (offer === undefined) return undefined;
  const { people } = parts.daemon.book().open.book.config;
  const token = await parts.tokens.find(people, offer.token);
  const grants = token && parts.access.grants(people, token.person);
  if (token === undefined || grants === undefined) {
    // One whose token holds is heard whoever else guesses.
    parts.access.throttle.attempt(undefined, at.address);
    throw new WatchbookError("TOKEN-UNKNOWN");
  }
  // A browser repeats Basic by itself, also for a foreign page's form: it must never write.
  if (!reads(c) && (offer.basic || token.scope !== "write"))
    throw new WatchbookError("TOKEN-SCOPE", { person: token.person });
  return { ...at, person: token.person, token, grants: narrowed(grants, token) };
}

/**
 * Who a request comes from: the socket, whose mode is its guard; a person's token; a session; or nobody, who on loopback
 * may look. Throws TOKEN-UNKNOWN, TOKEN-SCOPE, SIGN-IN-WAIT.
 */
export async function whoOf(c: C, parts: Parts): Promise<Who> {
  const front = frontOf(c);
  const at = { front, address: addressOf(c, parts) };
  if (front === "socket") return { ...at, grants: [{ role: "administrator" }] };
  const known = await byToken(c, parts, at);
  if (known) return known;
  const nobody: Who = { ...at, grants: front === "loopback" ? [{ role: "viewer" }] : [] };
  const cookie = tokenOf(c, parts);
  const signIn = cookie === undefined ? undefined : await parts.access.signIns.find(cookie);
  if (cookie === undefined) return nobody;
  if (!signIn) return { ...nobody, stale: true };
  const { people } = parts.daemon.book().open.book.config;
  const grants = parts.access.grants(people, signIn.person);
  // Whoever has left the book, or was disabled, is nobody from that moment on.
  if (grants === undefined) return { ...nobody, stale: true };
  if (signIn.half) return { ...nobody, signIn, cookie };
  return { ...at, grants, person: signIn.person, signIn, cookie };
}
