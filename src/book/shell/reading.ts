/** One word of a command, quotes removed. */
export interface Word {
  readonly text: string;
  /** Some part of it stood in quotes. */
  readonly quoted: boolean;
  /** It holds a variable or a substitution: its value is not known here. */
  readonly dynamic: boolean;
}

export interface Redirect {
  /** `>`, `>>`, `<`, `<<`, `<<<`, `>&`, `<&`, `&>`, `>|`, `<>` */
  readonly op: string;
  readonly target: Word;
  /** Body of a here-document. */
  readonly body?: string;
}

/** A program with its words, wherever it stands: pipeline, list, subshell, substitution, compound. */
export interface Simple {
  /** Line of its first word, from 1 in the text that was read. */
  readonly line: number;
  readonly assignments: readonly Word[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** Standard input comes from a pipe. */
  readonly piped: boolean;
  /** It follows a closed compound (`done > file`): the redirects are the compound's. */
  readonly tail: boolean;
  /** It stands in a substitution. */
  readonly nested: boolean;
}

/** A statement that can be run by itself: continuations joined, compounds and here-documents whole. */
export interface Statement {
  readonly line: number;
  readonly end: number;
  readonly text: string;
  readonly simples: readonly Simple[];
  /** `while true` and its like, without a `break`. */
  readonly endless: boolean;
}

export interface Comment {
  readonly line: number;
  /** Without `#` and the blanks around. */
  readonly text: string;
  /** The whole line is the comment. */
  readonly alone: boolean;
}

export type ProblemKind = "quote" | "paren" | "heredoc" | "keyword" | "redirect" | "depth" | "size" | "substitution";

/** What a text says when read as shell. Nothing is ever run. */
export interface Reading {
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
  /** The first thing that does not fit: the text is not (whole) shell and must not be run. */
  readonly problem?: { readonly kind: ProblemKind; readonly line: number };
}
