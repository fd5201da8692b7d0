import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { may, narrowed, ROLES_OF } from "../../model/access.ts";
import { WatchbookError } from "../../model/error.ts";
import type { InboundSpec } from "../../model/inbound.ts";
import { referenceOf } from "../../model/secret.ts";
import { frontOf } from "../access/origin.ts";
import { addressOf } from "../access/who.ts";
import type { Env, Parts } from "../front.ts";

/** Doors for other systems: they decide themselves who may come in, for a source is no person. */
export const isInbound = (path: string): boolean => /^\/api\/(?:v2|inbound|heartbeats)\//.test(path);

/** Token of an Authorization header: a Bearer, or the password of Basic. */
function offered(c: Context<Env>): string | undefined {
  const header = c.req.header("authorization") ?? "";
  const bearer = /^bearer\s+(\S+)$/i.exec(header)?.[1];
  const basic = /^basic\s+(\S+)$/i.exec(header)?.[1];
  if (basic === undefined) return bearer;
  const pair = Buffer.from(basic, "base64").toString("utf8");
  return pair.slice(pair.indexOf(":") + 1);
}

/** Who came: a source of the book, or somebody who may do what people do. */
export interface Comer {
  readonly source?: InboundSpec;
  /** Person of a token; absent for a source, and for whoever comes through the socket or an open door. */
  readonly person?: string;
}

const same = (a: string, b: string): boolean => {
  const [one, other] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(one!, other!);
};

/** The source whose token this is; `missing`: a token of the book is not to be had here, and may have been this one. */
async function sourceOf(
  { daemon }: Parts,
  specs: readonly InboundSpec[],
  token: string,
): Promise<{ readonly source?: InboundSpec; readonly missing?: WatchbookError }> {
  const { secrets } = daemon.book().open.book.config;
  let missing: WatchbookError | undefined;
  for (const spec of specs) {
    if (spec.token === undefined) continue;
    try {
      if (same(await daemon.house.secret(referenceOf(secrets, spec.token)), token)) return { source: spec };
    } catch (error) {
      // The secret of one source shuts out no other, nor any person.
      if (!(error instanceof WatchbookError)) throw error;
      missing ??= error;
    }
  }
  return missing ? { missing } : {};
}

/**
 * Whether the request may do it: alerts are told by a source or a person; silences are made by persons only; reading is as
 * everywhere, and open to sources. Through loopback an `open` source needs no token. Bodies are JSON, which no form of a
 * foreign page can send: Basic, which browsers repeat by themselves, may therefore write here. Rejects with TOKEN-…, and with
 * SECRET-MISSING for an unknown token while one of the book is not to be had.
 */
export async function comer(
  c: Context<Env>,
  parts: Parts,
  specs: readonly InboundSpec[],
  does: "read" | "tell" | "silence",
): Promise<Comer> {
  const front = frontOf(c);
  const json = /^application\/json\b/i.test(c.req.header("content-type") ?? "");
  if (c.req.method === "POST" && !json) throw new WatchbookError("BODY-NOT-JSON");
  const free = front === "loopback" ? specs.find(({ open }) => open) : undefined;
  const offer = offered(c);
  const { source, missing } = offer === undefined ? {} : await sourceOf(parts, specs, offer);
  if (source && does !== "silence") return { source };
  if (front === "socket" || (front === "loopback" && does === "read")) return {};
  if (free) return does === "silence" ? {} : { source: free };
  if (offer === undefined) throw new WatchbookError("TOKEN-NEEDED");
  if (source) throw new WatchbookError("INBOUND-SILENCE", { source: source.id });
  try {
    const person = await personOf(c, parts, offer, does === "read");
    c.set("person", person);
    return { person };
  } catch (error) {
    if (missing && error instanceof WatchbookError && error.code === "TOKEN-UNKNOWN") throw missing;
    throw error;
  }
}

/** The person of a token, when the person may do it everywhere. */
async function personOf(c: Context<Env>, parts: Parts, offer: string, reads: boolean): Promise<string> {
  const { daemon, tokens, access } = parts;
  const { people } = daemon.book().open.book.config;
  const kept = await tokens.find(people, offer);
  const grants = kept && access.grants(people, kept.person);
  if (kept === undefined || grants === undefined) {
    // Whoever guesses is slowed down, and nobody else.
    access.throttle.attempt(undefined, addressOf(c, parts));
    throw new WatchbookError("TOKEN-UNKNOWN");
  }
  if (!reads && kept.scope !== "write") throw new WatchbookError("TOKEN-SCOPE", { person: kept.person });
  const action = reads ? "read" : "alert.act";
  if (!may(narrowed(grants, kept), action))
    throw new WatchbookError("NOT-ALLOWED", { action, roles: ROLES_OF[action].join(", ") });
  return kept.person;
}
