import { APPROVAL_NAMESPACE, CONSOLE_NAMESPACE, type Approval, type Gate } from "../../model/gate.ts";
import type { Person } from "../../model/config.ts";
import { keyOfLine, sshFingerprint } from "./key.ts";
import { readApproval, readConsoleApproval } from "./text.ts";
import { verifySsh } from "./verify.ts";
import { Flaw, type FlawCode } from "./wire.ts";

/** An approval that a run waits for. */
export interface Question {
  readonly run: string;
  /** `plan`, or the id of a step. */
  readonly gate: string;
  /** Digest of the plan, `sha256:…`. */
  readonly digest: string;
  readonly of: Gate;
  /** Who asked for the run: a person's id, or the name of an account. */
  readonly requester: string;
  /** People who asked for it too: an account or a token says so. */
  readonly requesters?: readonly string[];
  /** Milliseconds since the epoch: from then on nobody's yes counts. */
  readonly expires: number;
  /** Who has agreed already, persons' ids. */
  readonly agreed: readonly string[];
}

/** Whoever is asked to believe an approval: persons of the book. */
export type Approver = Pick<Person, "id" | "name" | "roles" | "key">;

/** Codes of i18n `approvals.refused`, each with its values. */
export type ApprovalRefusal =
  /** {person}: nobody of the book. */
  | "stranger"
  /** {person}: of the book, without a key that can be believed. */
  | "no-key"
  /** {person}: asked for the run. */
  | "requester"
  /** {person, roles}: has none of the roles that are asked for. */
  | "role"
  /** {person}: has agreed already. */
  | "twice"
  /** {person, other}: signs with the key under which another has agreed or asked for the run. */
  | "same-key"
  /** {person, expires}: the question does not stand any more. */
  | "expired"
  /** {person}: what was signed is not the text of an approval. */
  | "text"
  /** {what: run | gate | plan | person, said, wanted}: the text is about something else. */
  | "other"
  /** {person, key}: signed with another key than the person's. */
  | "other-key"
  /** {person}: flaws of the signature. */
  | `signature-${FlawCode}`;

export type Judgement =
  | { readonly ok: true; readonly person: Approver; readonly fingerprint: string }
  | { readonly ok: false; readonly code: ApprovalRefusal; readonly args: Readonly<Record<string, string | number>> };

const refuse = (code: ApprovalRefusal, args: Readonly<Record<string, string | number>>): Judgement => ({
  ok: false,
  code,
  args,
});

/** The person's key in SSH's own form; undefined when there is none that can be believed. */
export function keyOf({ key }: Pick<Approver, "key">): Buffer | undefined {
  if (key === undefined) return undefined;
  try {
    return keyOfLine(key);
  } catch (error) {
    if (error instanceof Flaw) return undefined;
    throw error;
  }
}

/** What the text must be about; undefined when it is. */
function misdirected(question: Question, given: Approval): Judgement | undefined {
  const said = given.via === "console" ? readConsoleApproval(given.text) : readApproval(given.text);
  if (!said) return refuse("text", { person: given.by });
  const wanted = { run: question.run, gate: question.gate, plan: question.digest, person: given.by };
  const is = { run: said.run, gate: said.gate, plan: said.digest, person: said.person };
  for (const what of ["run", "gate", "plan", "person"] as const)
    if (is[what] !== wanted[what]) return refuse("other", { what, said: is[what], wanted: wanted[what] });
  return undefined;
}

/** May this person agree at all, whatever was signed? */
function unentitled(
  question: Question,
  people: readonly Approver[],
  person: Approver,
  key: Buffer | undefined,
): Judgement | undefined {
  const { of, agreed } = question;
  const { id } = person;
  const requesters = [question.requester, ...(question.requesters ?? [])];
  if (requesters.includes(id) && !of.requesterMay) return refuse("requester", { person: id });
  if (of.roles.length > 0 && !of.roles.some((role) => person.roles.includes(role)))
    return refuse("role", { person: id, roles: of.roles.join(", ") });
  if (agreed.includes(id)) return refuse("twice", { person: id });
  if (key === undefined) return undefined;
  // One key under two names is one person: it must not count twice, nor let the requester agree.
  const others = new Set([...agreed, ...(of.requesterMay ? [] : requesters)]);
  const other = people.find((one) => one.id !== id && others.has(one.id) && keyOf(one)?.equals(key));
  return other && refuse("same-key", { person: id, other: other.id });
}

function unsigned(given: Approval, person: Approver, key: Buffer): Judgement {
  try {
    const signed = verifySsh(given.text, given.signature, APPROVAL_NAMESPACE);
    if (!signed.key.equals(key)) return refuse("other-key", { person: person.id, key: signed.fingerprint });
    return { ok: true, person, fingerprint: sshFingerprint(key) };
  } catch (error) {
    if (!(error instanceof Flaw)) throw error;
    return refuse(`signature-${error.code}`, { person: person.id });
  }
}

/** Signed by the server, which is the one that judges here: whose server it was, whoever verifies the evidence asks. */
function vouched(given: Approval, person: Approver): Judgement {
  try {
    return { ok: true, person, fingerprint: verifySsh(given.text, given.signature, CONSOLE_NAMESPACE).fingerprint };
  } catch (error) {
    if (!(error instanceof Flaw)) throw error;
    return refuse(`signature-${error.code}`, { person: person.id });
  }
}

/**
 * Judges one yes: is it that person's own signature on exactly this question, and may that person give it, at `now`
 * (milliseconds since the epoch)? Pure. How many are needed (quorum) is the run's business.
 */
export function judgeApproval(
  question: Question,
  people: readonly Approver[],
  given: Approval,
  now: number,
): Judgement {
  const person = people.find(({ id }) => id === given.by);
  if (!person) return refuse("stranger", { person: given.by });
  const own = given.via !== "console";
  const key = own ? keyOf(person) : undefined;
  if (own && !key) return refuse("no-key", { person: person.id });
  const no = unentitled(question, people, person, key);
  if (no) return no;
  if (now >= question.expires) return refuse("expired", { person: person.id, expires: question.expires });
  return misdirected(question, given) ?? (key ? unsigned(given, person, key) : vouched(given, person));
}
