import { INVITE_MS } from "../../desk/access/times.ts";
import type { Account } from "../../model/account.ts";
import { EXIT, WatchbookError } from "../../model/error.ts";
import type { Clock } from "../../model/time.ts";
import type { Store } from "../../store/store.ts";
import { codeDigest, spokenCode } from "./codes.ts";
import { kept, type Kept } from "./kept.ts";
import { checkPassword, COST, hashPassword, type Cost } from "./password.ts";
import { offerTotp, recoveryCodes, stepOf } from "./totp.ts";

/** A code with which a person sets the first or a new password. */
export interface Invitation {
  readonly person: string;
  readonly invite: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** Ways to sign in, in the store; who there is and what they may do stands in the book. */
export interface Accounts extends Pick<Kept<Account>, "all" | "get"> {
  /** Whether anybody can administer without the book. */
  isSetUp(): boolean;
  /** `by`: the person who invites; undefined: this machine's user. Throws ACCOUNT-THERE. */
  add(
    of: { readonly person: string; readonly name: string; readonly administrator: boolean },
    by: string | undefined,
  ): Promise<Invitation>;
  /** The first one, with its password. */
  found(of: { readonly person: string; readonly name: string; readonly password: string }): Promise<Account>;
  /** Forgets password and second factor; `by` as above. Throws ACCOUNT-UNKNOWN. */
  reset(person: string, by: string | undefined): Promise<Invitation>;
  disable(person: string, disabled: boolean): Promise<Account>;
  /** In the place of the hash `old`; undefined: it is not that one any more. Throws what `checkPassword` does. */
  setPassword(person: string, password: string, old: string | undefined): Promise<Account | undefined>;
  /** Takes an invitation: the code is used up. Undefined: the code is wrong or has expired. */
  accept(person: string, invite: string, password: string): Promise<Account | undefined>;
  offer(person: string): Promise<{ readonly secret: string; readonly uri: string }>;
  /** From now on a code is asked for; gives the recovery codes. Throws TOTP-WRONG. */
  confirm(person: string, code: string): Promise<readonly string[]>;
  /** Uses up a code of the second factor, or a recovery code. */
  useCode(person: string, code: string): Promise<"totp" | "recovery" | undefined>;
  /** Signed in by a provider or a password just now; makes the account of a provider's person. */
  seen(of: { readonly person: string; readonly name: string }): Promise<void>;
}

const unknown = (person: string): WatchbookError =>
  new WatchbookError("ACCOUNT-UNKNOWN", { person }, { exit: EXIT.input });

/** Groups of letters in an invitation: 100 bits. */
const GROUPS = 4;

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly cost?: Cost;
}

export async function openAccounts({ store, clock, cost = COST }: Parts): Promise<Accounts> {
  const records = await kept(store, "account", ({ person }) => person, false);
  const change = async (person: string, next: (now: Account) => Account): Promise<Account> => {
    const changed = await records.change(person, (now) => now && next(now));
    if (!changed) throw unknown(person);
    return changed;
  };
  const invited = async (
    person: string,
    by: string | undefined,
    next: (now: Account | undefined) => Account,
  ): Promise<Invitation> => {
    const invite = spokenCode(GROUPS);
    const expires = clock.wall() + INVITE_MS;
    const kept = { sha256: codeDigest(invite), expires, ...(by !== undefined && { by }) };
    await records.change(person, (now) => ({ ...next(now), invite: kept }));
    return { person, invite, expires };
  };
  const hashed = (person: string, password: string): Promise<string> => {
    checkPassword(password, person);
    return hashPassword(password, cost);
  };
  return {
    all: () => records.all(),
    get: (person) => records.get(person),
    isSetUp: () => records.all().some((one) => one.administrator && one.disabled === undefined),
    add: (of, by) =>
      invited(of.person, by, (now) => {
        if (now) throw new WatchbookError("ACCOUNT-THERE", { person: of.person });
        return { ...of, made: clock.wall() };
      }),
    found: async ({ person, name, password }) => {
      const of = { person, name, administrator: true, password: await hashed(person, password), made: clock.wall() };
      // Two at once: the one who came first is it.
      const made = await records.change(person, () =>
        records.all().some((one) => one.administrator) ? undefined : of,
      );
      if (!made) throw new WatchbookError("SETUP-DONE");
      return made;
    },
    reset: (person, by) =>
      invited(person, by, (now) => {
        if (!now) throw unknown(person);
        const { password: _password, totp: _totp, offered: _offered, ...rest } = now;
        return rest;
      }),
    disable: (person, disabled) =>
      change(person, (now) => {
        if (disabled) return { ...now, disabled: clock.wall() };
        const { disabled: _was, ...rest } = now;
        return rest;
      }),
    setPassword: async (person, password, old) => {
      const hash = await hashed(person, password);
      return records.change(person, (now) => (now && now.password === old ? { ...now, password: hash } : undefined));
    },
    accept: async (person, invite, password) => {
      const holds = (now: Account | undefined): now is Account =>
        now?.invite?.sha256 === codeDigest(invite) && now.disabled === undefined && clock.wall() < now.invite.expires;
      if (!holds(records.get(person))) return undefined;
      const hash = await hashed(person, password);
      return records.change(person, (now) => {
        if (!holds(now)) return undefined;
        const { invite, invited: _before, ...rest } = now;
        const by = invite?.by;
        return { ...rest, password: hash, ...(by !== undefined && { invited: { by, at: clock.wall() } }) };
      });
    },
    seen: async ({ person, name }) => {
      const last = clock.wall();
      await records.change(person, (now) => ({ ...(now ?? { person, name, administrator: false, made: last }), last }));
    },
    ...secondFactor(change, records, clock),
  };
}

function secondFactor(
  change: (person: string, next: (now: Account) => Account) => Promise<Account>,
  records: Kept<Account>,
  clock: Clock,
): Pick<Accounts, "offer" | "confirm" | "useCode"> {
  return {
    offer: async (person) => {
      const offered = offerTotp(person);
      await change(person, (now) => ({ ...now, offered: offered.secret }));
      return offered;
    },
    confirm: async (person, code) => {
      const { codes, kept: recovery } = recoveryCodes();
      await change(person, ({ offered, ...now }) => {
        const used = offered === undefined ? undefined : stepOf(offered, code, 0, clock.wall());
        if (used === undefined) throw new WatchbookError("TOTP-WRONG");
        return { ...now, totp: { secret: offered!, used, recovery } };
      });
      return codes;
    },
    useCode: async (person, code) => {
      let by: "totp" | "recovery" | undefined;
      await records.change(person, (now) => {
        const totp = now?.totp;
        if (!now || !totp) return undefined;
        const used = stepOf(totp.secret, code.replaceAll(" ", ""), totp.used, clock.wall());
        const recovery = totp.recovery.filter((one) => one !== codeDigest(code));
        by = used === undefined ? (recovery.length < totp.recovery.length ? "recovery" : undefined) : "totp";
        if (by === undefined) return undefined;
        return { ...now, totp: by === "totp" ? { ...totp, used: used! } : { ...totp, recovery } };
      });
      return by;
    },
  };
}
