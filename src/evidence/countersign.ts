import { join } from "node:path";
import { keyOf, type Approver } from "./approval/judge.ts";
import { verifySsh, type Signed } from "./approval/verify.ts";
import { Flaw } from "./approval/wire.ts";
import { namesIn, readPlain, textOf } from "./disk.ts";
import { FILES } from "./files.ts";
import { reason, Refusal, type Reason } from "./refusal.ts";

/**
 * Namespace of `ssh-keygen -Y sign` for evidence. What is signed are the bytes of statement.dsse.json, so that
 * `ssh-keygen -Y verify … < statement.dsse.json` checks it too (ssh-keygen(1), SSH SIGNATURES).
 */
export const EVIDENCE_NAMESPACE = "watchbook-evidence";

/** `statement.PERSON.sshsig` beside the statement. */
export const COUNTERSIGNATURE = /^statement\.([\p{L}\p{N}][\p{L}\p{N}_.@-]*)\.sshsig$/u;

export const countersignatureName = (person: string): string | undefined => {
  const name = `statement.${person}.sshsig`;
  return COUNTERSIGNATURE.test(name) ? name : undefined;
};

/** Far above any signature, bytes. */
const LONGEST = 65_536;

/** Who signed besides the runner: persons whose own key it is, and what must be said of the others. */
export interface Countersigned {
  readonly by: readonly { readonly person: string; readonly fingerprint: string }[];
  readonly notes: readonly Reason[];
}

/** A signature over other bytes, or none at all, is refused: somebody changed it or the statement. */
function heldBy(person: string, statement: Buffer, signature: string): Signed {
  try {
    return verifySsh(textOf(statement, FILES.statement), signature, EVIDENCE_NAMESPACE);
  } catch (error) {
    if (!(error instanceof Flaw)) throw error;
    throw new Refusal("countersign-forged", { by: person, flaw: error.code });
  }
}

/** Is it this person's own? False when nobody says which key that would be. Throws Refusal as `countersigned`. */
export function judgeCountersignature(
  person: string,
  statement: Buffer,
  signature: string,
  people: readonly Approver[] = [],
): { readonly own: boolean; readonly fingerprint: string } {
  const { key, fingerprint } = heldBy(person, statement, signature);
  const known = people.find(({ id }) => id === person);
  const own = known && keyOf(known);
  if (own && !own.equals(key)) throw new Refusal("countersign-key", { by: person, key: fingerprint });
  return { own: own !== undefined, fingerprint };
}

/**
 * The signatures of persons beside a statement, each by the key that the asker's book has for that person. One key
 * under two names counts once. Without people nobody is known: it is said whose key it is, and nobody counts. Throws
 * Refusal countersign-forged, countersign-key.
 */
export function countersigned(directory: string, statement: Buffer, people?: readonly Approver[]): Countersigned {
  const by = new Map<string, Countersigned["by"][number]>();
  const notes: Reason[] = [];
  for (const name of namesIn(directory, directory).toSorted()) {
    const person = COUNTERSIGNATURE.exec(name)?.[1];
    if (person === undefined) continue;
    const bytes = readPlain(join(directory, name), name, { max: LONGEST });
    if (!bytes) throw new Refusal("file-missing", { file: name });
    const { own, fingerprint } = judgeCountersignature(person, statement, textOf(bytes, name), people);
    if (!own) notes.push(reason("countersign-unknown", { by: person, key: fingerprint }));
    else if (!by.has(fingerprint)) by.set(fingerprint, { person, fingerprint });
  }
  return { by: [...by.values()], notes };
}
