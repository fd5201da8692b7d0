import type { BackupProgram } from "./backup.ts";
import type { StepSpec } from "./runbook-spec.ts";
import type { Schema } from "./schema.ts";
import type { Source } from "./source.ts";

/** One server of a cluster, and how its kind reaches it: what is said for all of them, with its own on top. */
export interface MemberSpec {
  readonly name: string;
  readonly target: string;
  readonly with: Readonly<Record<string, unknown>>;
}

/** Writers of a drill: what they send, and for how long before the fault. */
export interface LoadSpec {
  /** Writes a second, by all of them. */
  readonly rate: number;
  readonly connections: number;
  /** Before the fault, milliseconds. */
  readonly beforeMs: number;
}

/** A cluster of watchbook.yaml: one primary, the others follow it. */
export interface ClusterSpec {
  readonly id: string;
  /** Name of a cluster kind. */
  readonly kind: string;
  readonly title?: string;
  readonly service?: string;
  readonly members: readonly MemberSpec[];
  /** A commit waits until a second member has it. */
  readonly synchronous: boolean;
  /** Sends who writes to the new primary; finds `$PROMOTED`, `$PRIMARY_HOST`, `$PRIMARY_PORT`. */
  readonly repoint: readonly StepSpec[];
  /** What must hold when all is over: what a business needs. */
  readonly probes: readonly StepSpec[];
  readonly load: LoadSpec;
  /** What a drill does to the primary; absent: what its kind does. */
  readonly fault?: { readonly kind: string; readonly with: Readonly<Record<string, unknown>> };
  /** After this whatever a drill began ends by itself, milliseconds. */
  readonly limitMs: number;
  readonly source: Source;
}

/**
 * primary, replica: it answers as such · down: its host answers, and no process of it is there · frozen: processes are there,
 * and no answer comes · closed: it answers, and lets us not in · aside: it answers, follows nobody and takes no write, and must
 * not take over · unreachable: its host was not reached.
 */
export const MEMBER_STATES = ["primary", "replica", "down", "frozen", "closed", "aside", "unreachable"] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

/** What was seen of one member. */
export interface MemberSeen {
  readonly name: string;
  readonly state: MemberState;
  /** Why it is not known better. */
  readonly detail?: string;
  readonly facts: MemberFacts;
}

/**
 * What a kind's `look` tells. Positions are whole numbers that grow with what was written, of one cluster comparable with each
 * other: bytes of a log, transactions.
 */
export type MemberFacts = Readonly<Partial<Record<(typeof MEMBER_FACTS)[number], string>>>;
export const MEMBER_FACTS = [
  "VERSION",
  /** Identity of the cluster: members with another one are none of it. */
  "SYSTEM",
  /** Branch of history: changes with every promotion. */
  "HISTORY",
  /** Primary: what it has written. Down: what it had written, where its files still tell. */
  "WRITTEN",
  /** Replica: what it has of its primary, and what of it can be read. */
  "RECEIVED",
  "APPLIED",
  /** Replica: the last position that its primary told it of. */
  "SEEN",
  /** Replica: `yes` while it hears its primary; its address. */
  "HEARS",
  "UPSTREAM",
  /** Whether commits wait for a second member now, whatever the settings say; replica: whether it confirms them. */
  "SYNC",
  /** Primary: `NAME=STATE/SYNC` of those who follow, apart by blanks. */
  "FOLLOWERS",
  /** Down: how it ended, in its kind's words. */
  "ENDED",
  /** Who runs the member, and what that one says. */
  "KEEPER",
  /** A reason (key of i18n `steps.reasons`) for which nobody may change the primary now. */
  "BARS",
] as const;

/** What a load sends, in the words of the kind's own client, which reads statements and prints lines. */
export interface Writer {
  /** The client; statements come on its standard input, line by line. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** How many addresses the client tries, one after the other, until one can be written to. */
  readonly addresses: number;
  /** Prints `MARK ready` once it is connected to what can be written: nothing was sent before. */
  readonly hello: string;
  /** Makes the table `{table}` where it is not there, and prints `made`. */
  readonly make: string;
  /** Writes row `{id}` and prints `{id} MARK` when, and only when, it is committed; MARK is the branch of history it went to. */
  readonly insert: string;
  /** The same without a table: `{id}` is only printed. */
  readonly touch: string;
  /** Removes the table, and prints `removed`. */
  readonly remove: string;
}

/**
 * One kind of cluster. One file in kinds/clusters. Pure: it describes programs in POSIX sh for a member's target, and never
 * runs one; they tell with `fact NAME VALUE` and refuse with a key of i18n `steps.reasons` (words of kinds/backups/program).
 * `$WB_MEMBER` is the member's name, also the one by which it is known to its primary.
 * MUST: `look` tells `fact STATE` (a MemberState) and changes nothing; it never takes a process that is stopped (SIGSTOP) for
 * one that is gone, nor a zombie for one that is there.
 */
export interface ClusterKind<P = unknown> {
  readonly kind: string;
  readonly params: Schema<P>;
  /** Something else runs the cluster and changes its primary by itself: a drill leaves the change to it. */
  readonly keeper?: true;
  /** Host and port as who writes reaches it. */
  address(params: P): { readonly host: string; readonly port: number };
  /** STATE, MEMBER_FACTS, DETAIL; within `$WB_SECONDS`. */
  look(params: P): BackupProgram;
  /**
   * Ends the member: `$WB_HOW` at-once, or in-order (all that it wrote is with those who follow). MUST: whoever starts it again
   * gets no second primary; ends well only when no process of it is there, seen by its state, or, of a cluster with a keeper, when
   * it follows `$WB_CANDIDATE`. Tells WRITTEN when in order.
   */
  stop(params: P): BackupProgram;
  /** Brings back as primary what was ended in order and never replaced. */
  start(params: P): BackupProgram;
  /**
   * Makes a replica the primary; `$WB_SYNC` yes: it waits for nobody until one has joined again. `$WB_TABLE`, where it is not
   * empty: tells IDS, which rows of the load it has at the decision, as `1-9,11`. Tells HISTORY. With a keeper: `$WB_DRILL` yes
   * waits until that one has made a primary; PROMOTED is who became it, another one than those in `$WB_OLD`.
   */
  promote(params: P): BackupProgram;
  /**
   * Proves after a promotion that this member takes no write: no process of it is there, or a privileged session is refused,
   * and so is the session that `$WB_PIN` has held since before, where it is not empty. Tells FENCE (gone, read-only), PIN.
   * MUST: refuses for a member whose processes stand still.
   */
  refuses(params: P): BackupProgram;
  /** A session that stays: `$WB_PIN` is a folder where it is held. Ends when its folder has a file `end`. */
  hold(params: P): BackupProgram;
  /** Lets go of it. No variable but `$WB_PIN` and the kind's own that are no secret. */
  release(params: P): BackupProgram;
  /**
   * Makes the member follow `primary`; what it wrote and the primary does not have is cut away, or refused and named. `$WB_SYNC` yes:
   * the primary's commits will wait for it; `$WB_COPY` yes: it is copied anew from the primary, and what it had is kept where it was
   * or beside. Tells REWOUND yes or no, KEPT.
   */
  join(params: P, primary: P): BackupProgram;
  /**
   * On the primary: proves that `$WB_MEMBER` follows it; writes a mark, and tells it as PROBE with HISTORY. `$WB_SYNC` yes: from
   * here on a commit waits for one who follows.
   */
  followed(params: P): BackupProgram;
  /** On the member: proves that it has `$WB_PROBE` of the branch `$WB_HISTORY`. */
  follows(params: P): BackupProgram;
  /** Writers, by the address that an application uses. Absent where the parameters have none. */
  writer(params: P): Writer | undefined;
  /** On the primary: tells IDS, the rows of `$WB_TABLE`, as `1-9,11`. */
  rows(params: P): BackupProgram;
  /** What a drill does to it when the book says nothing else: a fault kind and its parameters. */
  fault(params: P): { readonly kind: string; readonly with: Readonly<Record<string, unknown>> };
}

export const defineCluster = <P>(kind: ClusterKind<P>): ClusterKind<P> => kind;
