import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Daemon } from "../engine/daemon.ts";
import type { Lang } from "../model/lang.ts";
import type { Tokens } from "./tokens.ts";

/**
 * Through which door a request came. socket: the unix socket, whose mode is its guard; full rights. loopback: reading
 * is free, writing needs a person's token. open: any other address; reading needs a token too.
 */
export type Front = "socket" | "loopback" | "open";

/** What every app is made of. */
export interface BareParts {
  readonly daemon: Pick<Daemon, "book">;
  /** Hears of our own bugs: the caller gets 500, this gets the stack. */
  onBug(error: unknown): void;
}

/** What the routes of runs are made of: a daemon, or a verb that drives runs. */
export interface RunsParts extends BareParts {
  readonly daemon: Pick<Daemon, "book" | "house" | "runs" | "done">;
}

/** What all routes are made of. */
export interface Parts extends RunsParts {
  readonly daemon: Daemon;
  readonly tokens: Tokens;
  /** Addresses that are served now. */
  listening(): readonly string[];
}

export interface Env {
  readonly Bindings: { readonly front: Front };
  readonly Variables: { lang: Lang; person: string | undefined };
}
export type Api = OpenAPIHono<Env>;
