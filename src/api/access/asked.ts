import type { Context } from "hono";
import type { ZodType } from "zod";
import * as contract from "../contract.ts";
import { isReadable } from "../body.ts";
import type { Env } from "../front.ts";
import { routeOf } from "./route.ts";

type C = Context<Env>;
type Fields = Readonly<Record<string, unknown>>;

/** The JSON of a request. Read once: what is judged is what is recorded, and what the route is given. */
export interface Asked {
  /** As it came. Absent: none came, or the route reads none of it. */
  readonly raw?: Fields;
  /** As the route's contract has it, without what that does not know. Absent: it does not fit, and the route says why. */
  readonly fits?: Fields;
}

interface Served {
  readonly method: string;
  readonly getRoutingPath: () => string;
  readonly request?: { readonly body?: { readonly content: Readonly<Record<string, { readonly schema: ZodType }>> } };
}

const isServed = (one: unknown): one is Served => typeof one === "object" && one !== null && "getRoutingPath" in one;

/** What each route reads as JSON, by its name. */
const SCHEMAS: ReadonlyMap<string, ZodType> = new Map(
  Object.values<unknown>(contract)
    .filter(isServed)
    .flatMap((one) => {
      const schema = one.request?.body?.content["application/json"]?.schema;
      return schema ? [[`${one.method.toUpperCase()} ${one.getRoutingPath()}`, schema] as const] : [];
    }),
);

/** What hono's own validator takes for JSON, letter for letter: a body that a route reads and the check does not would pass unjudged. */
const isJson = (c: C): boolean =>
  /^application\/(?:[\w.-]+\+)?json$/i.test((c.req.header("content-type") ?? "").split(";", 1)[0]!.trim());

export async function askedOf(c: C): Promise<Asked> {
  const known = c.get("asked");
  if (known) return known;
  const asked = await read(c);
  c.set("asked", asked);
  return asked;
}

async function read(c: C): Promise<Asked> {
  const schema = SCHEMAS.get(routeOf(c));
  if (!schema || !isReadable(c) || !isJson(c)) return {};
  let raw: unknown;
  try {
    raw = await c.req.json();
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return {};
  const { success, data } = await schema.safeParseAsync(raw);
  return { raw: raw as Fields, ...(success && { fits: data as Fields }) };
}
