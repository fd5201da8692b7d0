import type { Person } from "../model/config.ts";
import { WatchbookError } from "../model/error.ts";
import { HANDOVER_NAMESPACE, readHandover, type HandoverFacts } from "../model/handover.ts";
import { keyOf } from "./approval/judge.ts";
import { verifySsh } from "./approval/verify.ts";
import { Flaw } from "./approval/wire.ts";

/** A receiver's own signature over a hand-over. */
export interface Accepted extends HandoverFacts {
  /** `SHA256:…` */
  readonly fingerprint: string;
}

/**
 * Is it a person's own signature on a hand-over? Pure. Throws WatchbookError HANDOVER-WHO, HANDOVER-NO-KEY, HANDOVER-TEXT,
 * HANDOVER-SIGNATURE or HANDOVER-OTHER-KEY.
 */
export function judgeHandover(text: string, signature: string, people: readonly Person[]): Accepted {
  const said = readHandover(text);
  if (said === undefined) throw new WatchbookError("HANDOVER-TEXT");
  const person = people.find(({ id }) => id === said.person);
  const known = people.map(({ id }) => id);
  if (person === undefined) throw new WatchbookError("HANDOVER-WHO", { person: said.person, known });
  const key = keyOf(person);
  if (key === undefined) throw new WatchbookError("HANDOVER-NO-KEY", { person: person.id });
  try {
    const signed = verifySsh(text, signature, HANDOVER_NAMESPACE);
    if (!signed.key.equals(key))
      throw new WatchbookError("HANDOVER-OTHER-KEY", { person: person.id, key: signed.fingerprint });
    return { ...said, fingerprint: signed.fingerprint };
  } catch (error) {
    if (!(error instanceof Flaw)) throw error;
    throw new WatchbookError("HANDOVER-SIGNATURE", { person: person.id, flaw: error.code }, { cause: error });
  }
}
