import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { EXIT, WatchbookError } from "../model/error.ts";
import type { Person } from "../model/config.ts";
import type { Clock } from "../model/time.ts";
import { systemRefusal } from "../store/refusal.ts";

export type Scope = "read" | "write";

/** A token as it is kept: never the token itself. */
export interface KeptToken {
  readonly id: string;
  readonly person: string;
  readonly scope: Scope;
  /** SHA-256 of the token, hexadecimal. A token has 256 random bits: no salt, no slow hash needed. */
  readonly sha256: string;
  /** What it may reach of what its person may; absent: all of that. */
  readonly services?: readonly string[];
  readonly environments?: readonly string[];
  /** Milliseconds since the epoch. */
  readonly made: number;
  readonly expires: number;
}

export interface WantedToken {
  readonly person: string;
  readonly scope: Scope;
  readonly days: number;
  readonly services?: readonly string[] | undefined;
  readonly environments?: readonly string[] | undefined;
}

/** Persons' tokens of one data directory, in `tokens.json` (mode 0600). */
export interface Tokens {
  /** Makes one for a person of the book; the token is shown once. Throws TOKEN-NO-PERSON. */
  make(people: readonly Person[], wanted: WantedToken): Promise<KeptToken & { readonly token: string }>;
  /** Whose token it is; undefined when it is unknown or expired, or its person has left the book. */
  find(people: readonly Person[], token: string): Promise<KeptToken | undefined>;
  revoke(id: string): Promise<void>;
  revokeAll(person: string): Promise<void>;
  /** Revokes those of whoever is not among these people. Rejects with WatchbookError for what the disk refuses. */
  keep(people: readonly Person[]): Promise<void>;
  /** Tokens that still hold. */
  valid(people: readonly Person[]): Promise<readonly KeptToken[]>;
}

const digest = (token: string): string => createHash("sha256").update(token).digest("hex");
const DAY = 86_400_000;

export function openTokens(data: string, clock: Clock): Tokens {
  const file = join(data, "tokens.json");
  const valid = async (people: readonly Person[]): Promise<readonly KeptToken[]> => {
    const ids = new Set(people.map((person) => person.id));
    return (await read(file)).filter((token) => token.expires > clock.wall() && ids.has(token.person));
  };
  // One after the other: each writes the whole list.
  let last: Promise<unknown> = Promise.resolve();
  const change = (made: (others: readonly KeptToken[]) => readonly KeptToken[]): Promise<void> => {
    const mine = last.then(async () =>
      write(data, file, made((await read(file)).filter((one) => one.expires > clock.wall()))),
    );
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    valid,
    revoke: (id) => change((all) => all.filter((one) => one.id !== id)),
    revokeAll: (person) => change((all) => all.filter((one) => one.person !== person)),
    keep: async (people) => {
      const ids = new Set(people.map(({ id }) => id));
      try {
        if ((await read(file)).every(({ person }) => ids.has(person))) return;
        await change((all) => all.filter(({ person }) => ids.has(person)));
      } catch (error) {
        throw systemRefusal(error, file) ?? error;
      }
    },
    find: async (people, token) => {
      const sha256 = digest(token);
      return (await valid(people)).find((kept) => kept.sha256 === sha256);
    },
    make: async (people, { person, scope, days, services, environments }) => {
      const ids = people.map((one) => one.id);
      if (!ids.includes(person))
        throw new WatchbookError("TOKEN-NO-PERSON", { person, known: ids.join(", ") || "-" }, { exit: EXIT.input });
      const token = `wb_${randomBytes(32).toString("base64url")}`;
      const now = clock.wall();
      const id = randomBytes(4).toString("hex");
      const limits = { ...(services && { services }), ...(environments && { environments }) };
      const kept = { id, person, scope, sha256: digest(token), made: now, expires: now + days * DAY, ...limits };
      await change((others) => [...others, kept]);
      return { ...kept, token };
    },
  };
}

async function read(file: string): Promise<readonly KeptToken[]> {
  try {
    return (JSON.parse(await readFile(file, "utf8")) as { tokens: readonly KeptToken[] }).tokens;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    if (error instanceof SyntaxError) throw new WatchbookError("TOKENS-BROKEN", { file }, { cause: error });
    throw error;
  }
}

/** Beside it, then renamed: a reader sees the old list or the new one. */
async function write(data: string, file: string, tokens: readonly KeptToken[]): Promise<void> {
  await mkdir(data, { recursive: true, mode: 0o700 });
  const fresh = `${file}.${randomBytes(4).toString("hex")}`;
  await using handle = await open(fresh, "wx", 0o600);
  await handle.writeFile(`${JSON.stringify({ tokens }, undefined, 2)}\n`);
  await handle.sync();
  await rename(fresh, file);
}
