import { z } from "zod";
import { defineBackup, type BackupProgram } from "../../model/backup.ts";
import { pathField, secretField, secretsOf } from "./fields/secret.ts";
import { EXAMINE, KEY, RESTORE, TAKE } from "./key/program.ts";

const AGE = /^age1[0-9a-z]{50,70}$/;
const CERTIFICATE = /^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?$/;

const params = z.strictObject({
  path: pathField.describe("File with the key; nobody but its owner may read it."),
  fingerprint: z
    .string()
    .regex(/^(?:key|file):[0-9a-f]{64}$/, "backup-fingerprint")
    .optional()
    .describe("The key that it must be; another one is refused. Absent: another one is taken too, and told."),
  recipient: z
    .string()
    .refine((text) => AGE.test(text) || CERTIFICATE.test(text), "backup-recipient")
    .optional()
    .describe(
      "Who alone can open the copy: an age recipient (`age1…`), or a certificate in PEM. Absent: not encrypted.",
    ),
  private: secretField
    .optional()
    .describe(
      "The recipient's private key, kept elsewhere: needed to restore; with it a look proves that it opens the copy.",
    ),
});
type Params = z.infer<typeof params>;

/** How a copy is sealed: the ending of its name says it too. */
const sealOf = ({ recipient }: Params): "age" | "cms" | "" =>
  recipient === undefined ? "" : AGE.test(recipient) ? "age" : "cms";

const program = (given: Params, text: string): BackupProgram => ({
  text: KEY + text,
  env: {
    WB_PATH: given.path,
    WB_FINGERPRINT: given.fingerprint ?? "",
    WB_RECIPIENT: given.recipient ?? "",
    WB_SEAL: sealOf(given),
    WB_PRIVATE: "",
  },
});
/** Who takes a copy needs no private key, and gets none. */
const opening = (given: Params, text: string): BackupProgram => ({
  ...program(given, text),
  secrets: secretsOf({ WB_PRIVATE: given.private }),
});

/**
 * A key that is made once and is lost for good when it is lost: every key that was ever there stays, whatever a set keeps
 * (fact KEEP), known by its fingerprint, readable by its owner alone wherever it lies.
 */
export const keyBackup = defineBackup<Params>({
  kind: "key",
  params,
  holds: "files",
  tools: (given) => [
    "stat",
    "sha256sum",
    ...(sealOf(given) === "age" ? ["age"] : sealOf(given) === "cms" ? ["openssl"] : []),
  ],
  size: ({ path }) => ({ text: `stat -L -c %s -- "$WB_PATH" 2>/dev/null`, env: { WB_PATH: path } }),
  take: (given) => program(given, TAKE),
  examine: (given) => opening(given, EXAMINE),
  restore: (given) => opening(given, RESTORE),
  list: (given) =>
    program(given, String.raw`printf '%s  ./%s\n' "$(cat "$WB_COPY/sha256")" "$(basename -- "$WB_PATH")" >"$WB_LIST"`),
});
