import type { Account, SignIn } from "../../model/account.ts";
import type { Person } from "../../model/config.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Access, Entered } from "./access.ts";
import { isPassword } from "./password.ts";
import type { From } from "./sign-ins.ts";
import { codeOf } from "./throttled.ts";

/** One sentence for whatever was wrong: which of name, password and code it was is nobody's business. */
const wrong = (): WatchbookError => new WatchbookError("SIGN-IN-WRONG");

const nameOf = (people: readonly Person[], account: Account): string =>
  people.find(({ id }) => id === account.person)?.name ?? account.name;

/** Checks a password, and counts the try. Throws SIGN-IN-WRONG, SIGN-IN-WAIT. */
async function known(
  access: Access,
  people: readonly Person[],
  given: { readonly person: string; readonly password: string },
  address: string,
): Promise<Account> {
  const right = access.throttle.attempt(given.person, address);
  const compared = access.accounts.get(given.person)?.password;
  // Always hashed: the time must not tell which accounts there are.
  const fits = await isPassword(given.password, compared, access.cost);
  // Comparing takes a while, and many wait for each other: meanwhile the password may have become another one, or none.
  const account = access.accounts.get(given.person);
  if (!account || !fits || account.password !== compared || !access.grants(people, given.person)) throw wrong();
  right();
  return account;
}

/** Uses up a code of the second factor, and counts the try. Throws SIGN-IN-WRONG, SIGN-IN-WAIT. */
async function coded(access: Access, person: string, code: string, address: string): Promise<"totp" | "recovery"> {
  const right = access.throttle.attempt(codeOf(person), address);
  const by = await access.accounts.useCode(person, code);
  if (!by) throw wrong();
  right();
  return by;
}

/** Opens a session for whoever has shown to be `account`; one whose password or second factor changed, or who may do nothing any more, has none. */
async function open(
  access: Access,
  people: readonly Person[],
  account: Account,
  of: Pick<SignIn, "methods" | "half" | "strong">,
  from: From,
): Promise<Entered> {
  const { person } = account;
  const entered = await access.signIns.open({ person, ...of }, from);
  // Whoever changes an account ends its sessions afterwards: one that was not there yet is ended here.
  const now = access.accounts.get(person);
  const same = now?.password === account.password && now?.totp?.secret === account.totp?.secret;
  if (same && access.grants(people, person)) return entered;
  await access.signIns.end(entered.signIn.id);
  throw wrong();
}

/** Name and password. Where the account has a second factor the sign-in is half until its code follows. */
export async function signIn(
  access: Access,
  people: readonly Person[],
  given: { readonly person: string; readonly password: string },
  from: From,
): Promise<Entered> {
  const account = await known(access, people, given, from.address);
  const half = account.totp !== undefined;
  if (!half) await access.accounts.seen({ person: account.person, name: nameOf(people, account) });
  return open(access, people, account, { methods: ["password"], half, strong: false }, from);
}

/** The code that follows the password; the half sign-in ends and a whole one, with another cookie, takes its place. */
export async function giveCode(
  access: Access,
  people: readonly Person[],
  half: SignIn,
  code: string,
  from: From,
): Promise<Entered> {
  const account = access.accounts.get(half.person);
  const by = await coded(access, half.person, code, from.address);
  // Ended meanwhile, by the person or by whoever changed the account: then the password counts no more either.
  if (!account || !(await access.signIns.end(half.id))) throw wrong();
  await access.accounts.seen({ person: half.person, name: nameOf(people, account) });
  return open(access, people, account, { methods: [...half.methods, by], half: false, strong: true }, from);
}

/** The administrator of the first set-up. Throws SETUP-DONE, SETUP-CODE, what `checkPassword` does, SIGN-IN-WAIT. */
export async function setUp(
  access: Access,
  given: { readonly code: string; readonly person: string; readonly name: string; readonly password: string },
  from: From,
): Promise<Entered> {
  if (access.setUpCode() === undefined) throw new WatchbookError("SETUP-DONE");
  const right = access.throttle.attempt(undefined, from.address);
  if (!access.isSetUpCode(given.code)) throw new WatchbookError("SETUP-CODE");
  right();
  const { person, name, password } = given;
  await access.accounts.found({ person, name, password });
  return access.signIns.open({ person, methods: ["password"], half: false, strong: false }, from);
}

/** A person's first or new password, by the code that an administrator gave. All older sign-ins of that person end. */
export async function takeInvitation(
  access: Access,
  people: readonly Person[],
  given: { readonly person: string; readonly invite: string; readonly password: string },
  from: From,
): Promise<Entered> {
  const right = access.throttle.attempt(undefined, from.address);
  if (!access.grants(people, given.person)) throw wrong();
  const account = await access.accounts.accept(given.person, given.invite, given.password);
  if (!account) throw wrong();
  right();
  await access.signIns.endAll(account.person);
  const half = account.totp !== undefined;
  return open(access, people, account, { methods: ["password"], half, strong: false }, from);
}

/** Rights in an emergency for whoever is signed in; a second person stands by with password and code. */
export async function breakGlass(
  access: Access,
  people: readonly Person[],
  person: string,
  asked: {
    readonly reason: string;
    readonly minutes: number;
    readonly second?:
      | { readonly person: string; readonly password: string; readonly code?: string | undefined }
      | undefined;
  },
  from: From,
): Promise<void> {
  const { reason, minutes, second } = asked;
  if (second?.person === person) throw new WatchbookError("EMERGENCY-SELF");
  if (second) {
    const account = await known(access, people, second, from.address);
    if (account.totp) await coded(access, second.person, second.code ?? "", from.address);
  }
  await access.emergencies.begin({ person, reason, minutes, ...(second && { second: second.person }) });
}

/** A new password of one's own: all other sign-ins end. Throws SIGN-IN-WRONG for the old one. */
export async function changePassword(
  access: Access,
  people: readonly Person[],
  mine: SignIn,
  given: { readonly password: string; readonly fresh: string },
): Promise<void> {
  const account = await known(access, people, { person: mine.person, password: given.password }, mine.address);
  // Unless it is another one by then: of two changes at once, and after a reset, the old one is worth nothing.
  if (!(await access.accounts.setPassword(mine.person, given.fresh, account.password))) throw wrong();
  await access.signIns.endAll(mine.person, mine.id);
}
