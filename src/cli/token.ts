import { openTokens, type Scope } from "../api/tokens.ts";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { utc } from "../model/time.ts";
import { bookSource } from "./book-source.ts";
import { daemonAt } from "./client.ts";
import { aboutOf, hold, openLocal } from "./hold.ts";
import type { Call } from "./verb.ts";

interface Made {
  readonly id: string;
  readonly person: string;
  readonly scope: Scope;
  readonly expires: number;
  readonly token: string;
}

/** `serve --token-for PERSON`: through the daemon's socket, or by taking the data directory for a moment. */
export async function makeToken(call: Call, person: string): Promise<Exit> {
  const wanted = { person, scope: scopeOf(call), days: daysOf(call) };
  const client = await daemonAt(call.data, call.world.clock);
  const made = client === undefined ? await makeAlone(call, wanted) : await client.post<Made>("/api/v1/tokens", wanted);
  const { world } = call;
  if (call.json) {
    const { id, scope, expires, token } = made;
    world.stdout.write(`${JSON.stringify({ id, person, scope, expires: utc(expires), token })}\n`);
    return EXIT.ok;
  }
  const { said } = texts(call.lang).serve;
  world.stderr.write(
    `${format(said.token, { person, scope: said.scopes[made.scope], until: utc(made.expires).slice(0, 10) })}\n`,
  );
  world.stdout.write(`${made.token}\n`);
  return EXIT.ok;
}

async function makeAlone(call: Call, wanted: { person: string; scope: Scope; days: number }): Promise<Made> {
  await using held = await hold(call.world, call.data, aboutOf(call));
  const { registry, clock } = held.house;
  await using reach = await openLocal(registry, call.book);
  const { open } = await bookSource(call.book, reach, clock).load();
  // Awaited here: the data directory must be ours until the token is written.
  return await openTokens(call.data, clock).make(open.book.config.people, wanted);
}

function scopeOf({ values }: Call): Scope {
  const scope = values["scope"] ?? "read";
  if (scope === "read" || scope === "write") return scope;
  throw new WatchbookError("TOKEN-OPTIONS", { option: "--scope", value: String(scope) });
}

function daysOf({ values }: Call): number {
  const days = Number(values["days"] ?? 30);
  if (Number.isInteger(days) && days >= 1 && days <= 366) return days;
  throw new WatchbookError("TOKEN-OPTIONS", { option: "--days", value: String(values["days"]) });
}
