import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Access } from "../engine/access/access.ts";
import type { Daemon } from "../engine/daemon.ts";
import type { Lang } from "../model/lang.ts";
import type { Asked } from "./access/asked.ts";
import type { Vouched } from "./access/vouch.ts";
import type { Who } from "./access/who.ts";
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
  /** The server's signature for somebody who is signed in. Absent: nobody can be. Rejects with STRONG-NEEDED, APPROVAL-…. */
  vouch?(c: Context<Env>, run: string, gate: string | undefined): Promise<Vouched>;
  readonly daemon: Pick<Daemon, "book" | "house" | "runs" | "done">;
}

/** Files made from the book, and what they cannot say. */
export interface Deliverable {
  readonly kind: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly left: readonly string[];
}

/** What all routes are made of. */
export interface Parts extends RunsParts {
  readonly daemon: Daemon;
  readonly tokens: Tokens;
  readonly access: Access;
  /** Folder of the built console; absent: the plain page alone. */
  readonly console?: string | undefined;
  /** Addresses that are served now. */
  listening(): readonly string[];
  /** What can be made from the book that is run. */
  deliverables(lang: Lang): Promise<readonly Deliverable[]>;
}

export interface Env {
  readonly Bindings: {
    readonly front: Front;
    /** Of whoever asks, as the network says. */
    readonly address?: string | undefined;
  };
  readonly Variables: {
    lang: Lang;
    person: string | undefined;
    who: Who;
    request: string;
    asked?: Asked;
    /** What was judged, see `Wanted`: routes act on this and on nothing that is looked up again. */
    ids?: readonly string[] | undefined;
    plan?: string | undefined;
    refused?: string;
    /** It measured and answered; the disk took nothing and no state changed: a line about it may be refused as well. */
    unkept?: boolean;
  };
}
export type Api = OpenAPIHono<Env>;
