import { grantsOf, type Grant } from "../../model/access.ts";
import type { Account, SignIn } from "../../model/account.ts";
import type { Person } from "../../model/config.ts";
import type { Clock } from "../../model/time.ts";
import type { Store } from "../../store/store.ts";
import { openAccounts, type Accounts } from "./accounts.ts";
import { openAudit, type Audit } from "./audit.ts";
import { codeDigest, spokenCode } from "./codes.ts";
import { openEmergencies, type Emergencies } from "./emergencies.ts";
import { COST, type Cost } from "./password.ts";
import { openSignIns, type SignIns } from "./sign-ins.ts";
import { codeOf, makeThrottle, type Throttle } from "./throttled.ts";

/** Who may come in, and what was done: of the process that owns the data directory. */
export interface Access {
  readonly accounts: Accounts;
  readonly signIns: SignIns;
  readonly emergencies: Emergencies;
  readonly audit: Audit;
  readonly throttle: Throttle;
  readonly clock: Pick<Clock, "wall">;
  /** What a password costs here. */
  readonly cost: Cost;
  /** With it the first administrator is made; undefined when there is one. Another one after each start. */
  setUpCode(): string | undefined;
  isSetUpCode(code: string): boolean;
  /**
   * What a person may do now: what the book grants, what the first set-up made, and what an emergency gives. Undefined: the
   * person is neither in the book nor an administrator, or the account is disabled.
   */
  grants(people: readonly Person[], person: string): readonly Grant[] | undefined;
}

/** In an emergency: everything an operator may, everywhere. Approvals stay other people's. */
const EMERGENCY: Grant = { role: "operator" };

/** 100 bits. */
const GROUPS = 4;

export async function openAccess(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly cost?: Cost;
}): Promise<Access> {
  const { clock, cost = COST } = parts;
  const accounts = await openAccounts(parts);
  const emergencies = await openEmergencies(parts);
  const signIns = await openSignIns(parts);
  const throttle = makeThrottle(clock);
  // Whoever was signed in at the last start is kept out no more than before it.
  for (const { person, address, made } of signIns.now().filter(({ half }) => !half))
    for (const account of [person, codeOf(person)]) throttle.came(account, address, made);
  const code = spokenCode(GROUPS);
  const setUpCode = (): string | undefined => (accounts.isSetUp() ? undefined : code);
  return {
    accounts,
    emergencies,
    cost,
    clock,
    signIns,
    audit: openAudit(parts),
    throttle,
    setUpCode,
    isSetUpCode: (given) => setUpCode() !== undefined && codeDigest(given) === codeDigest(code),
    grants: (people, person) => grantsNow(people, accounts.get(person), person, emergencies),
  };
}

function grantsNow(
  people: readonly Person[],
  account: Account | undefined,
  person: string,
  emergencies: Emergencies,
): readonly Grant[] | undefined {
  if (account?.disabled !== undefined) return undefined;
  const ofBook = grantsOf(people, person);
  if (!ofBook && account?.administrator !== true) return undefined;
  return [
    ...(ofBook ?? []),
    ...(account?.administrator === true ? [{ role: "administrator" } as const] : []),
    ...(emergencies.now(person).length > 0 ? [EMERGENCY] : []),
  ];
}

/** Somebody who has just shown who they are. */
export interface Entered {
  readonly signIn: SignIn;
  /** The cookie's value. */
  readonly token: string;
}
