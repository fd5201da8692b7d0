import type { SetSeen } from "../../../model/backup.ts";
import { stateOf } from "../../../model/backup.ts";
import type { StepContext } from "../../../model/step.ts";
import { ReachError } from "../../../model/target.ts";
import { WORDS } from "../../backups/program/words.ts";
import { withSudo } from "../../targets/posix/sudo.ts";
import { assignments } from "../../targets/receipt/assign.ts";
import { found, type NamedPart } from "../backup/part.ts";
import { PRELUDE } from "../program/program.ts";

/** A part as the steps have it. */
type Part = NamedPart & { readonly id: string };

interface Given {
  readonly sudo: boolean;
  /** Of the place from which is restored. */
  readonly number: number;
}

/** It writes nowhere but in a folder of its own, which goes with it. */
const LOOK = String.raw`
WB_INTO=$(mktemp -d) || exit 70
trap 'rm -rf -- "$WB_INTO"' EXIT
trap 'exit 70' HUP INT TERM
WATCHBOOK_ATTEMPT=$WB_INTO
WB_COPY=$WB_INTO/copy
WB_OUTPUT=/dev/null
mkdir -- "$WB_COPY" || exit 70
`;

/** Reading the last files of a log, not all of it. */
const LONGEST_MS = 300_000;

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** Milliseconds since the epoch; undefined where this part has no log, or it cannot tell. */
async function reachOf(part: Part, facts: Facts, given: Given, context: StepContext): Promise<number | undefined> {
  const read = found(part);
  const program = "wrong" in read ? undefined : read.kind.reaches?.(read.data, facts);
  if (!program) return undefined;
  const text =
    PRELUDE + WORDS + LOOK + assignments({ WB_PLACE_NUMBER: String(given.number), ...program.env }) + program.text;
  const argv = withSudo(given.sudo, ["sh", "-c", text]);
  const { end, out } = await context.reach.exec(argv, {
    timeoutMs: Math.min(LONGEST_MS, context.timeoutMs),
    maxBytes: 65_536,
    signal: context.signal,
  });
  if (end.kind !== "exit") throw new ReachError("other", end.kind);
  const said = out.trim();
  // What it refuses, the restore itself will refuse with its reason.
  return end.code === 0 && ISO.test(said) ? Date.parse(said) : undefined;
}
type Facts = Readonly<Record<string, string>>;

const isDatabase = (part: Part): boolean => {
  const read = found(part);
  return !("wrong" in read) && read.kind.holds === "database";
};

/** Whether every database can be restored to a time at all: a dump, and a copy without a log, has a moment of its own only. */
export const goesToTimes = (parts: readonly Part[]): boolean =>
  parts.filter(isDatabase).every((part) => {
    const read = found(part);
    return !("wrong" in read) && read.kind.reaches?.(read.data, {}) !== undefined;
  });

/**
 * Until when the logs of every database lead on behind the newest whole set, milliseconds since the epoch: the earliest of
 * their ends. Undefined where one has none or cannot tell. Rejects with ReachError.
 */
export async function logsReach(
  sets: readonly SetSeen[],
  given: Given & { readonly parts: readonly Part[] },
  context: StepContext,
): Promise<number | undefined> {
  const newest = sets
    .filter((set) => set.manifest && stateOf(set) !== "torn")
    .toSorted((a, b) => Date.parse(a.manifest!.until) - Date.parse(b.manifest!.until))
    .at(-1);
  const databases = given.parts.filter(isDatabase);
  if (!newest || databases.length === 0) return undefined;
  const ends: number[] = [];
  for (const part of databases) {
    const taken = newest.manifest!.parts.find(({ id }) => id === part.id);
    const end = taken && (await reachOf(part, taken.facts, given, context));
    if (end === undefined) return undefined;
    ends.push(end);
  }
  return Math.min(...ends);
}
