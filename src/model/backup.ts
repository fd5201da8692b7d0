import type { Alarm } from "./backup-alarm.ts";
import type { Every } from "./every.ts";
import type { Schema } from "./schema.ts";
import type { Window } from "./window.ts";
import type { Source } from "./source.ts";
import type { GateSpec, StepSpec } from "./runbook-spec.ts";

/** How many sets stay. A set stays when any of these keeps it; none of them given: all stay. */
export interface Keep {
  /** The newest so many. */
  readonly copies?: number;
  /** Those of the last so many days. */
  readonly days?: number;
  /** The newest of each of the last so many days, weeks (ISO 8601), months (grandfather, father, son). */
  readonly daily?: number;
  readonly weekly?: number;
  readonly monthly?: number;
}

/** One thing of a set: a database, a folder. */
export interface PartSpec {
  readonly id: string;
  /** Name of a backup kind. */
  readonly kind: string;
  readonly with: Readonly<Record<string, unknown>>;
}

/** Rows of a database part that name files of another part: together they are whole, or the set is torn. */
export interface AgreeSpec {
  /** Part that is asked. */
  readonly rows: string;
  /** Gives the path of a file, relative to the files' root, and optionally its SHA-256 in hexadecimal. */
  readonly query: string;
  /** Part that has the files. */
  readonly files: string;
}

/** A second place that every sealed set is brought to: parameters of the step `backup-copy`. */
export interface CopySpec {
  /** By which it is named; it has a number too: the repository itself is 1, the first of these 2. */
  readonly name?: string;
  readonly to: Readonly<Record<string, unknown>>;
  /** Which copies stay there; absent: all. */
  readonly keep?: Keep;
}

/** A backup set of watchbook.yaml: what is taken together, where to, and what proves that it can be restored. */
export interface BackupSpec {
  readonly id: string;
  readonly title?: string;
  /** Rows of the manual's backup table that it fulfils, by their first cell. */
  readonly data: readonly string[];
  readonly service?: string;
  readonly target: string;
  /** Absolute folder on the target; sets lie in `into/id/`. */
  readonly into: string;
  readonly sudo: boolean;
  readonly parts: readonly PartSpec[];
  readonly agree: readonly AgreeSpec[];
  readonly keep: Keep;
  /** Second places, in order. */
  readonly also?: readonly CopySpec[];
  readonly every?: Every;
  readonly at?: string;
  /** Hours, in the book's zone, in which it is begun. */
  readonly window?: Window;
  /** What is told of its sets; what is absent has a default, see `alarmFor`. */
  readonly alarm?: Alarm | false;
  readonly restore: {
    /** Default: the target it was taken on. */
    readonly target?: string;
    /** Folder in which a place of its own is made for every restore. */
    readonly into: string;
    /** After this the target itself clears the place away, milliseconds. */
    readonly limitMs: number;
    /** What must hold on what was restored. */
    readonly probes: readonly StepSpec[];
    /** Absent: nothing is ever restored over what is in use. */
    readonly over?: {
      /** Ends what uses it, and brings it back: as many of each, the last of one is undone by the first of the other. */
      readonly stop: readonly StepSpec[];
      readonly start: readonly StepSpec[];
      /** What must hold when it runs again. */
      readonly probes: readonly StepSpec[];
      /** Folders in use, by part, where the part's own parameters do not say them. */
      readonly paths: Readonly<Record<string, string>>;
      /** Absent: as a guarded posture has it. */
      readonly approval?: GateSpec | false;
    };
  };
  readonly source: Source;
}

/** A program in POSIX sh that a kind does on the target; values come as variables. Words of kinds/backups/program. */
export interface BackupProgram {
  readonly text: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Variables whose values are secrets, by their references. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/**
 * One way to back something up. One file in kinds/backups. Pure: it describes programs, and never runs one.
 * Every program finds `$WB_COPY` (folder of the copy) or `$WB_INTO` (where it is restored to), refuses with a key of i18n
 * `steps.reasons`, and tells with `fact NAME VALUE`.
 * MUST: `take` leaves everything a restore needs in `$WB_COPY` (or the name by which its own tool finds it), and refuses
 * rather than leave a copy that is not whole; `restore` writes only below `$WB_INTO` and never reaches what is in use:
 * no port, no production archive; it refuses a copy that is damaged, of another cluster or newer than the server.
 */
export interface BackupKind<P = unknown> {
  readonly kind: string;
  readonly params: Schema<P>;
  /** Rows of a database may name files of another part. */
  readonly holds: "database" | "files";
  /** Programs it calls to take a copy: asked for before anything begins. */
  tools(params: P): readonly string[];
  /** Prints the bytes that a copy needs at most, a whole number and nothing else; nothing at all when it cannot know. */
  size(params: P): BackupProgram;
  take(params: P): BackupProgram;
  /** Looks at a copy without restoring it. What passes is whole, not proven. */
  examine(params: P): BackupProgram;
  /** To the point `$WB_TO_KIND` (latest, set: as it was taken, time, name, xid, gtid) `$WB_TO`. */
  restore(params: P): BackupProgram;
  /**
   * Prints until when its log leads on behind a copy of which `take` told `facts`: ISO 8601 in UTC and nothing else; nothing at
   * all when it cannot tell. A restore to any time before that must be possible. Only looks: the copy may lie elsewhere,
   * `$WB_COPY` and `$WB_INTO` are empty folders for its own files, and it gets no secret. Absent, or
   * undefined for these parameters: it has no log, and cannot be restored to a time.
   */
  reaches?(params: P, facts: Readonly<Record<string, string>>): BackupProgram | undefined;
  /** Absent: what is restored is files, and nothing is started. */
  readonly server?: {
    /** Starts what was restored in `$WB_INTO`, alone; tells `fact HOST` (folder or file of its socket), `PORT` … */
    start(params: P): BackupProgram;
    /** Ends it; again and again if need be. Also done by the target itself when nobody comes back: no variable but `$WB_INTO`. */
    stop(params: P): BackupProgram;
    /** Writes the rows of `$WB_QUERY` to `$WB_ROWS`, cells apart by tabs; of what was restored where `$WB_INTO` is not empty, else of what is in use. */
    rows(params: P): BackupProgram;
  };
  /** How what was restored takes the place of what is in use. Absent: it cannot. */
  readonly over?: {
    /** The folder that is in use, where the parameters say it. */
    path(params: P): string | undefined;
    /**
     * Makes in the empty folder `$WB_NEW` what may take the place of `$WB_OLD` (which may lack), from what was restored in
     * `$WB_INTO` and its copy `$WB_COPY`; ends a restored server well before. Refuses where `$WB_OLD` is something else.
     */
    ready(params: P): BackupProgram;
  };
  /** Writes to `$WB_LIST` a line `SHA-256  path` for each file of the copy, paths relative to the root. Holds files only. */
  list?(params: P): BackupProgram;
  /**
   * Removes what the kind's own tool keeps of this one copy, by its name, before its folder goes. `facts`: what `take` told;
   * `today`: parameters of the book's parts of this kind now, which alone can say that a repository is gone for good.
   */
  forget?(facts: Readonly<Record<string, string>>, today: readonly P[]): BackupProgram;
}

export const defineBackup = <P>(kind: BackupKind<P>): BackupKind<P> => kind;

/** What lies in `manifest.json` beside the copies of a set. */
export interface SetManifest {
  readonly format: "watchbook-backup/1";
  readonly set: string;
  readonly id: string;
  readonly run: string;
  readonly target: string;
  /** ISO 8601 of the target's clock, before the first part and after the last. */
  readonly from: string;
  readonly until: string;
  readonly parts: readonly SetPart[];
  readonly agreed: readonly Agreed[];
  /** Digest of the book by which it was taken. */
  readonly book: string;
}

/** What was seen of rows and the files that they name. */
export interface Agreed {
  readonly rows: string;
  readonly files: string;
  /** Rows that were there before and after: their files must be in the copy. */
  readonly looked: number;
  readonly torn: number;
  /** The first of them. */
  readonly first: readonly string[];
}

export interface SetPart {
  readonly id: string;
  readonly kind: string;
  readonly bytes: number;
  readonly files: number;
  /** SHA-256 of the list of its files' digests (`PART.sums`, as sha256sum writes it). */
  readonly sums: string;
  /** Positions, versions of tools: what the kind told. */
  readonly facts: Readonly<Record<string, string>>;
}

/** A set as it lies in its repository. */
export interface SetSeen {
  readonly id: string;
  /** Absent when it cannot be read: `problem` says why. */
  readonly manifest?: SetManifest;
  readonly problem?: string;
  /** SHA-256 of manifest.json. */
  readonly digest?: string;
  /** The last restore that ended with everything proven. */
  readonly restored?: { readonly run: string; readonly at: string; readonly probes: number };
  /** That it was restored is written beside it and cannot be read: whoever removes sets takes it for one that was. */
  readonly proofUnread?: boolean;
  /** Runs that restore from it now. */
  readonly holds: readonly string[];
}

/** What a set is worth: only a restored one is good. */
export type SetState = "good" | "unproven" | "torn" | "damaged";

export function stateOf(set: SetSeen): SetState {
  if (!set.manifest) return "damaged";
  if (set.manifest.agreed.some(({ torn }) => torn > 0)) return "torn";
  return set.restored ? "good" : "unproven";
}

/** When it was whole, milliseconds since the epoch by the target's clock; NaN when its manifest cannot be read. */
export const takenAt = ({ manifest }: Pick<SetSeen, "manifest">): number => Date.parse(manifest?.until ?? "");

/** Two clocks differ by less: a set from beyond was taken by a clock that was wrong, and counts for nothing. */
const AHEAD_MS = 3_600_000;

/** It lies in the future. `now`: milliseconds since the epoch. */
export const isAhead = (set: Pick<SetSeen, "manifest">, now: number): boolean => takenAt(set) > now + AHEAD_MS;
