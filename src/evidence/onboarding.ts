import type { Person } from "../model/config.ts";
import { WatchbookError } from "../model/error.ts";
import { ONBOARDING_NAMESPACE, readOnboarding, type OnboardingFacts } from "../model/onboarding.ts";
import { keyOf } from "./approval/judge.ts";
import { verifySsh } from "./approval/verify.ts";
import { Flaw } from "./approval/wire.ts";

/** A person's own signature that they have read the manual. */
export interface Onboarded extends OnboardingFacts {
  /** `SHA256:…` */
  readonly fingerprint: string;
}

/**
 * Is it a person's own signature? Pure. Throws WatchbookError ONBOARD-WHO, ONBOARD-NO-KEY, ONBOARD-TEXT or
 * ONBOARD-SIGNATURE.
 */
export function judgeOnboarding(text: string, signature: string, people: readonly Person[]): Onboarded {
  const said = readOnboarding(text);
  if (said === undefined) throw new WatchbookError("ONBOARD-TEXT");
  const person = people.find(({ id }) => id === said.person);
  if (person === undefined)
    throw new WatchbookError("ONBOARD-WHO", { person: said.person, known: people.map(({ id }) => id) });
  const key = keyOf(person);
  if (key === undefined) throw new WatchbookError("ONBOARD-NO-KEY", { person: person.id });
  try {
    const signed = verifySsh(text, signature, ONBOARDING_NAMESPACE);
    if (signed.key.equals(key)) return { ...said, fingerprint: signed.fingerprint };
  } catch (error) {
    if (!(error instanceof Flaw)) throw error;
    throw new WatchbookError("ONBOARD-SIGNATURE", { person: person.id, flaw: error.code }, { cause: error });
  }
  throw new WatchbookError("ONBOARD-SIGNATURE", { person: person.id, flaw: "key" });
}
