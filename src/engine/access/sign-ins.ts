import { randomUUID } from "node:crypto";
import { ABSOLUTE_MS, endOf, isOver } from "../../desk/access/times.ts";
import type { Method, SignIn } from "../../model/account.ts";
import type { Clock } from "../../model/time.ts";
import type { Store } from "../../store/store.ts";
import { secretToken, sha256 } from "./codes.ts";
import { kept } from "./kept.ts";

/** From where somebody comes. */
export interface From {
  readonly address: string;
  readonly agent: string;
}

/** Sessions of people at the console. */
export interface SignIns {
  /** A new one, with the cookie's value, which is nowhere else. */
  open(
    of: {
      readonly person: string;
      readonly methods: readonly Method[];
      readonly half: boolean;
      readonly strong: boolean;
    },
    from: From,
  ): Promise<{ readonly signIn: SignIn; readonly token: string }>;
  /** Whose cookie it is; undefined when it is unknown or over. Counts as a sign of life. */
  find(token: string): Promise<SignIn | undefined>;
  /** Those that are not over, newest first. */
  now(person?: string): readonly SignIn[];
  /** A second factor was given while it was on: it is one of two factors from now on. */
  strengthen(id: string): Promise<void>;
  /** Ends one; undefined when there is none. */
  end(id: string): Promise<SignIn | undefined>;
  /** Writes down the end of those whose time is over, and forgets what has ended. */
  settle(): Promise<void>;
  /** Ends all of a person but `except`. */
  endAll(person: string, except?: string): Promise<void>;
}

/** Between two writings of when somebody was last seen. */
const SEEN_MS = 60_000;
const AGENT = 200;

export async function openSignIns({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): Promise<SignIns> {
  const records = await kept(store, "sign-in", ({ id }) => id, true);
  const byDigest = new Map(records.all().map(({ sha256: digest, id }) => [digest, id]));
  const written = new Map<string, number>();
  const end = (id: string): Promise<SignIn | undefined> =>
    records.change(id, (now) => (now && now.ended === undefined ? { ...now, ended: clock.wall() } : undefined));
  const now = (person?: string): readonly SignIn[] =>
    records
      .all()
      .filter((one) => !isOver(one, clock.wall()) && (person === undefined || one.person === person))
      .toSorted((a, b) => b.made - a.made);
  return {
    now,
    end,
    strengthen: async (id) => {
      const strong = (one: SignIn): SignIn => ({ ...one, strong: true, methods: [...one.methods, "totp"] });
      await records.change(id, (one) => one && strong(one));
    },
    open: async ({ person, methods, half, strong }, { address, agent }) => {
      const token = secretToken();
      const made = clock.wall();
      const of = { id: randomUUID().slice(0, 8), person, sha256: sha256(token), methods, half, strong };
      const signIn = { ...of, made, seen: made, ends: made + ABSOLUTE_MS, address, agent: agent.slice(0, AGENT) };
      await records.change(signIn.id, () => signIn);
      byDigest.set(signIn.sha256, signIn.id);
      return { signIn, token };
    },
    find: async (token) => {
      const id = byDigest.get(sha256(token));
      const found = id === undefined ? undefined : records.get(id);
      const at = clock.wall();
      if (!found || isOver(found, at)) return undefined;
      const seen = { ...found, seen: at };
      if (at - (written.get(found.id) ?? found.made) < SEEN_MS) records.touch(found.id, seen);
      else {
        written.set(found.id, at);
        await records.change(found.id, (one) => (one && one.ended === undefined ? { ...one, seen: at } : undefined));
      }
      return seen;
    },
    settle: async () => {
      for (const one of records.all()) {
        if (!isOver(one, clock.wall())) continue;
        const ended = endOf(one);
        if (one.ended === undefined) await records.change(one.id, (found) => found && { ...found, ended });
        records.forget(one.id);
        byDigest.delete(one.sha256);
        written.delete(one.id);
      }
    },
    endAll: async (person, except) => {
      for (const { id } of now(person)) if (id !== except) await end(id);
    },
  };
}
