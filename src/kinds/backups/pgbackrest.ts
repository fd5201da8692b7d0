import { z } from "zod";
import { defineBackup, type BackupProgram } from "../../model/backup.ts";
import { ARCHIVE, factLines, LAST_COMMIT } from "./postgres/archive.ts";
import { ISOLATED } from "./postgres/isolated.ts";
import { over } from "./postgres/over.ts";
import { secretField, secretsOf } from "./fields/secret.ts";
import { folder, program, server } from "./postgres/params.ts";
import { EXAMINE, FORGET, REACHES, REPOSITORY_WAL, REST, RESTORE, TAKE } from "./postgres/pgbackrest.ts";
import { postgresServer } from "./postgres/server.ts";
import { ASK, POSTGRES } from "./postgres/words.ts";

const shape = z.strictObject({
  ...server,
  stanza: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/)
    .describe("Stanza, as the configuration of pgBackRest has it."),
  config: folder.optional().describe("Its configuration file; default: pgBackRest's own."),
  type: z
    .enum(["full", "diff", "incr"])
    .default("full")
    .describe("What is copied: everything, or what has changed since the last full or the last copy."),
  escrow: secretField
    .optional()
    .describe(
      "The repository's passphrase as it is kept elsewhere: every copy and every look proves that it opens it. With several repositories: each of them.",
    ),
  escrows: z
    .record(z.string().regex(/^[1-9]\d{0,2}$/), secretField)
    .default({})
    .describe("The same of one repository by its number, where it has a passphrase of its own."),
  repos: z
    .array(z.int().min(2).max(256))
    .default([])
    .describe(
      "Its own repositories besides the first that every copy is made in too. A restore from the second place of such a number reads that repository alone.",
    ),
  gone: z
    .array(z.int().min(2).max(256))
    .default([])
    .describe(
      "Its own repositories that are gone for good, and that its configuration has no longer: sets that have a copy there are looked at and pruned without it.",
    ),
  replay: z
    .boolean()
    .default(true)
    .describe("The latest point is the end of the WAL archive; otherwise the end of the copy."),
});
const params = shape.refine(({ repos, gone }) => !gone.some((one) => repos.includes(one)), "repository-gone");
type Params = z.infer<typeof shape>;

const whole = (
  { stanza, config, type, replay, repos, gone, ...given }: Params,
  words: readonly string[],
): BackupProgram =>
  program(given, [POSTGRES, REST, ...words].join("\n"), {
    WB_STANZA: stanza,
    WB_CONFIG: config ?? "",
    WB_TYPE: type,
    WB_REPLAY: String(replay),
    WB_ARCHIVE: "",
    WB_REPOS: repos.join(" "),
    WB_GONE: gone.join(" "),
  });

/** The same, with the passphrases that are kept elsewhere. */
const escrowing = (given: Params, words: readonly string[]): BackupProgram => {
  const made = whole(given, words);
  const own = Object.entries(given.escrows).map(([number, field]) => [`WB_ESCROW_${number}`, field] as const);
  return {
    ...made,
    secrets: { ...made.secrets, ...secretsOf({ WB_ESCROW: given.escrow, ...Object.fromEntries(own) }) },
  };
};

/** Copies that lie in a repository of pgBackRest's; what lies in the set is the name and the description of one of them. */
export const pgbackrestBackup = defineBackup<Params>({
  kind: "pgbackrest",
  params,
  holds: "database",
  tools: () => ["pgbackrest"],
  // The copy lies in pgBackRest's repository, wherever that is; here lies what describes it.
  size: () => ({ text: "echo 1048576" }),
  take: (given) => escrowing(given, [ASK, TAKE]),
  examine: (given) => escrowing(given, [EXAMINE]),
  restore: (given) => whole(given, [ISOLATED, ARCHIVE, REPOSITORY_WAL, RESTORE]),
  reaches: (given, facts) => {
    const { text, env } = whole(given, [ARCHIVE, LAST_COMMIT, REPOSITORY_WAL, REACHES]);
    return { text, env: { ...env, WB_MAJOR: facts["MAJOR"] ?? "", WB_TOLD: factLines(facts) } };
  },
  server: postgresServer,
  over,
  forget: ({ LABEL = "", STANZA = "", CONFIG = "", USER = "", REPOS = "", ...facts }, today) => {
    const gone = today.flatMap((one) => (one.stanza === STANZA ? one.gone.map(String) : []));
    return {
      text: [POSTGRES, REST, FORGET].join("\n"),
      env: {
        ...{ WB_LABEL: LABEL, WB_STANZA: STANZA, WB_CONFIG: CONFIG, WB_USER: USER, WB_PROGRAMS: "", WB_REPOS: REPOS },
        WB_GONE: gone.join(" "),
        WB_LABELS: REPOS.split(" ")
          .filter((repo) => !gone.includes(repo))
          .map((repo) => `${repo} ${facts[`LABEL_${repo}`] ?? ""}`)
          .join("\n"),
      },
    };
  },
});
