import type { Context } from "hono";
import { matchedRoutes } from "hono/route";
import type { Action, ActedOn } from "../../model/access.ts";
import type { Env } from "../front.ts";

type C = Context<Env>;

/** What a request wants to do, and to what. */
export interface Wanted {
  readonly does: Action;
  /** This too must be allowed. */
  readonly and?: Action;
  /** `target`: the one of a run that this is. */
  readonly on: readonly (ActedOn & { readonly target?: string })[];
  /** Whole ids of what was judged, whatever short name was given: what `last` means may change before it is done. */
  readonly ids?: readonly string[];
  /** Digest of the plan that was judged. */
  readonly plan?: string;
}

/** `POST /api/v1/runs/:id/actions` of a request; its method and address where nothing is served. */
export function routeOf(c: C): string {
  const method = c.req.method === "HEAD" ? "GET" : c.req.method;
  const route = matchedRoutes(c).findLast((one) => one.method === method);
  return `${method} ${route?.path ?? c.req.path}`;
}

/** Values of the address by the names of its pattern: a middleware's own `c.req.param` knows none. */
export function paramsOf(c: C, route: string): Readonly<Record<string, string>> {
  const pattern = route.slice(route.indexOf(" ") + 1).split("/");
  const given = c.req.path.split("/");
  return Object.fromEntries(
    pattern.flatMap((part, index) => (part.startsWith(":") ? [[part.slice(1), decoded(given[index] ?? "")]] : [])),
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}
