import type { Person } from "../model/config.ts";
import { WatchbookError } from "../model/error.ts";
import { INCIDENT_NAMESPACE, readWord } from "../model/incident-word.ts";
import type { SignedWord } from "../model/incident.ts";
import { keyOf } from "./approval/judge.ts";
import { verifySsh } from "./approval/verify.ts";
import { Flaw } from "./approval/wire.ts";

/**
 * Is it a person's own signature on what is said of one incident? Pure. Throws WatchbookError INCIDENT-WORD-TEXT, -WHO, -NO-KEY,
 * -SIGNATURE or -OTHER-KEY.
 */
export function judgeWord(
  text: string,
  signature: string,
  incident: string,
  people: readonly Person[],
): Omit<SignedWord, "at"> {
  const said = readWord(text);
  if (said === undefined || said.incident !== incident)
    throw new WatchbookError("INCIDENT-WORD-TEXT", { id: incident });
  const person = people.find(({ id }) => id === said.person);
  const known = people.map(({ id }) => id);
  if (person === undefined) throw new WatchbookError("INCIDENT-WORD-WHO", { person: said.person, known });
  const key = keyOf(person);
  if (key === undefined) throw new WatchbookError("INCIDENT-WORD-NO-KEY", { person: person.id });
  const { says, reason } = said;
  try {
    const { key: signer, fingerprint } = verifySsh(text, signature, INCIDENT_NAMESPACE);
    if (!signer.equals(key))
      throw new WatchbookError("INCIDENT-WORD-OTHER-KEY", { person: person.id, key: fingerprint });
    return { person: person.id, says, reason, text, signature, fingerprint };
  } catch (error) {
    if (!(error instanceof Flaw)) throw error;
    throw new WatchbookError("INCIDENT-WORD-SIGNATURE", { person: person.id, flaw: error.code }, { cause: error });
  }
}
