import { READY } from "./fields/tree.ts";
import { z } from "zod";
import { defineBackup, type BackupProgram } from "../../model/backup.ts";
import { quote } from "../targets/posix/quote.ts";
import { pathField, secretField, secretsOf } from "./fields/secret.ts";
import { EXAMINE, FORGET, LIST, RESTIC, RESTORE, TAKE } from "./restic/program.ts";

/** What is needed to reach the repository, also by whoever prunes a set later. */
const location = z
  .string()
  .regex(/^(?:\/[^\0\n]*|(?:sftp|rest|s3|b2|azure|gs|swift|rclone):(?!.*:[^/@]*@)[^\0\n]+)$/, "backup-repository");
const reached = {
  repository: location.describe(
    "Folder on the target, or a location as restic has it (`sftp:`, `rest:`, `s3:`), without a password.",
  ),
  password: secretField.describe("Password of the repository."),
  credentials: z
    .record(
      z.string().regex(/^(?:AWS|B2|AZURE|GOOGLE|OS|ST|RESTIC_REST|RCLONE)_[A-Z0-9_]+$/, "value-name"),
      secretField,
    )
    .default({})
    .describe("Variables that restic needs to reach it, such as AWS_SECRET_ACCESS_KEY."),
  options: z
    .record(z.string().regex(/^[a-z0-9.-]+$/), z.string())
    .default({})
    .describe("Extended options of restic (`-o`), such as `sftp.command`."),
  prune: z.boolean().default(true).describe("Space of what is forgotten is given back at once."),
};
const reachedSchema = z.strictObject(reached);
type Reached = z.infer<typeof reachedSchema>;

const shape = z.strictObject({
  path: pathField.describe("Folder that is copied."),
  ...reached,
  create: z.boolean().default(false).describe("Makes the repository where there is none."),
  exclude: z.array(z.string().min(1)).default([]).describe("Patterns of restic that are left out."),
  escrow: secretField
    .optional()
    .describe("A second key of the repository that is kept elsewhere: every look proves that it opens it."),
  gone: z
    .array(location)
    .default([])
    .describe("Repositories of earlier sets that are gone for good: such sets are pruned without them."),
  check: z
    .enum(["snapshot", "repository"])
    .default("snapshot")
    .describe("What a look reads whole: this snapshot, or everything of the repository."),
});
const params = shape.refine(({ repository, gone }) => !gone.includes(repository), "repository-gone");
type Params = z.infer<typeof shape>;

/** A program with the repository within reach: its secrets are variables, everything else stands in the text. */
function program(given: Reached, text: string, more: Omit<BackupProgram, "text"> = {}): BackupProgram {
  const { repository, password, credentials, options } = given;
  const words = Object.entries(options).map(([name, value]) => `-o ${quote(`${name}=${value}`)} `);
  return {
    text: `restic_at() { restic -q -r "$WB_REPOSITORY_AT" ${words.join("")}"$@"; }\n${RESTIC}${text}`,
    env: { WB_REPOSITORY_AT: repository, WB_ESCROW: "", ...more.env },
    secrets: { ...secretsOf({ RESTIC_PASSWORD: password, ...credentials }), ...more.secrets },
  };
}

const escrowOf = ({ escrow }: Params): Omit<BackupProgram, "text"> => ({ secrets: secretsOf({ WB_ESCROW: escrow }) });

const given = ({ repository, password, credentials, options, prune }: Params): Reached => ({
  repository,
  password,
  credentials,
  options,
  prune,
});

/** Facts of a copy that was not taken by this kind, or by hand. */
const UNKNOWN: BackupProgram = { text: `refuse backup-restic-id "id=$WB_COPY" "set=-"` };

/** A folder in an encrypted repository of restic's: what lies in the set is the name of its snapshot. */
export const resticBackup = defineBackup<Params>({
  kind: "restic",
  params,
  holds: "files",
  tools: () => ["restic"],
  // Only restic knows what it has already.
  size: () => ({ text: ":" }),
  take: (params) =>
    program(params, TAKE, {
      env: {
        WB_PATH: params.path,
        WB_CREATE: String(params.create),
        WB_EXCLUDE: params.exclude.map((one) => `${one}\n`).join(""),
        WB_GIVEN: JSON.stringify(given(params)),
      },
      ...escrowOf(params),
    }),
  examine: (params) =>
    program(params, EXAMINE, {
      env: { WB_CHECK: params.check },
      ...escrowOf(params),
    }),
  restore: (params) => program(params, RESTORE),
  over: {
    path: ({ path }) => path,
    ready: () => ({ text: READY }),
  },
  list: (params) => program(params, LIST),
  forget: (facts, today) => {
    let told: unknown;
    try {
      told = JSON.parse(facts["GIVEN"] ?? "");
    } catch {
      return UNKNOWN;
    }
    const parsed = reachedSchema.safeParse(told);
    if (!parsed.success) return UNKNOWN;
    if (today.some(({ gone }) => gone.includes(parsed.data.repository))) return { text: ":" };
    const env = {
      WB_SNAPSHOT: facts["SNAPSHOT"] ?? "",
      WB_PART: facts["PART"] ?? "",
      WB_PRUNE: String(parsed.data.prune),
    };
    return program(parsed.data, FORGET, { env });
  },
});
