import type { FaultName } from "../fault/index.ts";

/** What one fault is called by those who use it. `value` is the number that was given. */
export interface FaultWords {
  /** What it does, for the list. */
  readonly does: string;
  readonly doing: (node: string, value: number) => string;
  readonly done: (node: string, value: number) => string;
  readonly undoing: (node: string) => string;
  readonly undone: (node: string) => string;
}

/** A failure of the operator: one sentence and the next action. */
export interface Pair {
  readonly say: string;
  readonly fix: string;
}

/** Every sentence of silktalk-fault, silktalk-undo and silktalk-stack, in one language. */
export interface Words {
  readonly usage: { readonly fault: string; readonly undo: string; readonly stack: string };
  readonly nodes: (names: readonly string[]) => string;
  readonly faults: string;
  readonly usually: (value: number) => string;
  readonly fault: Readonly<Record<FaultName, FaultWords>>;
  readonly undoWith: (command: string) => string;
  readonly runs: (node: string, pid: number) => string;
  /** While something is waited for: what, for how long, and how long at most; seconds. */
  readonly waits: (what: string, seconds: number, most: number) => string;
  readonly until: {
    readonly answers: (node: string) => string;
    readonly ended: (pid: number) => string;
    readonly seen: string;
    readonly connections: (node: string, count: number) => string;
    readonly released: (node: string) => string;
    readonly noticed: (node: string) => string;
    readonly room: (node: string) => string;
    readonly messages: (node: string) => string;
    readonly forgotten: (node: string) => string;
    readonly logged: (node: string) => string;
    readonly proxy: string;
    readonly slow: (node: string) => string;
    readonly fast: (node: string) => string;
    readonly rejoined: (node: string) => string;
  };
  readonly failures: {
    readonly inVain: (what: string, seconds: number) => Pair;
    readonly option: (detail: string) => Pair;
    readonly lang: (word: string) => Pair;
    readonly dir: Pair;
    readonly port: (word: string) => Pair;
    readonly verb: (word: string) => Pair;
    readonly node: (word: string, known: string) => Pair;
    readonly release: (word: string, known: string) => Pair;
    readonly fault: (word: string, known: string) => Pair;
    readonly value: (word: string, name: string, least: number, most: number) => Pair;
    readonly stopped: (node: string) => Pair;
    readonly silent: (node: string) => Pair;
    readonly full: (node: string) => Pair;
    readonly alone: (node: string) => Pair;
    readonly endedAtOnce: (node: string, output: string) => Pair;
  };
}
