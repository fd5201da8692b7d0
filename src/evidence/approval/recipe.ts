import { APPROVAL_NAMESPACE } from "../../model/gate.ts";
import type { Approver } from "./judge.ts";
import { keyOf } from "./judge.ts";

/**
 * The command that signs the text in `file` and writes `FILE.sig`. `key`: a private key, or a public one whose private
 * half is in the agent or on a hardware key. It may ask for a passphrase, a PIN or a touch at the terminal.
 */
export const signArgv = (key: string, file: string, namespace: string): readonly string[] => [
  "ssh-keygen",
  "-Y",
  "sign",
  "-n",
  namespace,
  "-f",
  key,
  file,
];

/** A name that a line of allowed_signers can carry: no spaces, no pattern signs. */
const principal = (id: string): string => id.replaceAll(/[\s"*?!,#]/g, "-");

/** The persons of a book as OpenSSH's allowed_signers, for `ssh-keygen -Y verify`; those without a key are left out. */
export const allowedSigners = (people: readonly Approver[]): string =>
  people
    .flatMap((person) => {
      const key = keyOf(person);
      if (!key) return [];
      const kind = key.subarray(4, 4 + key.readUInt32BE()).toString("latin1");
      return [`${principal(person.id)} namespaces="${APPROVAL_NAMESPACE}" ${kind} ${key.toString("base64")}\n`];
    })
    .join("");
