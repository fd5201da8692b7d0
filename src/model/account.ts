/** How somebody showed who they are. */
export const METHODS = ["password", "totp", "recovery", "oidc"] as const;
export type Method = (typeof METHODS)[number];

/** A one-time code as it is kept. */
export interface KeptCode {
  /** SHA-256, hexadecimal: the code has 100 random bits or more. */
  readonly sha256: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** How a person signs in here. What the person may do stands in the book. */
export interface Account {
  /** Id of a person of the book; the administrator of the first set-up may be none. */
  readonly person: string;
  readonly name: string;
  /** Made by the first set-up, or named so by an administrator: administers without the book. */
  readonly administrator: boolean;
  /** argon2id in PHC form; absent until the person sets one. */
  readonly password?: string;
  readonly totp?: {
    /** Base32. It must be read to be compared: whoever reads the store can make codes. */
    readonly secret: string;
    /** Last time step that was used: a code counts once (RFC 6238, 5.2). */
    readonly used: number;
    /** Codes not used yet. */
    readonly recovery: readonly string[];
  };
  /** A secret that the person has not confirmed by a code yet. */
  readonly offered?: string;
  /** `by`: the person who gave it; absent: this machine's user. */
  readonly invite?: KeptCode & { readonly by?: string };
  /** Whose invitation set the password, and when it was taken; absent: this machine's user's, or the first set-up. */
  readonly invited?: { readonly by: string; readonly at: number };
  /** Milliseconds since the epoch, as all below. */
  readonly disabled?: number;
  readonly made: number;
  readonly last?: number;
}

/** Somebody who is signed in, or who has given a password and not the code yet. */
export interface SignIn {
  readonly id: string;
  readonly person: string;
  /** SHA-256 of the cookie's value, hexadecimal. */
  readonly sha256: string;
  readonly made: number;
  readonly seen: number;
  /** At the latest. */
  readonly ends: number;
  readonly ended?: number;
  readonly address: string;
  readonly agent: string;
  readonly methods: readonly Method[];
  /** The code of the second factor is missing: nothing else may be done. */
  readonly half: boolean;
  /** Two factors, or a provider that says so. */
  readonly strong: boolean;
}

/** Rights for a while, for a reason, in an emergency. */
export interface Emergency {
  readonly id: string;
  readonly person: string;
  readonly reason: string;
  /** Who stood by and signed in for it. */
  readonly second?: string;
  readonly began: number;
  readonly until: number;
  readonly ended?: number;
  readonly endedBy?: string;
}

/** A line of the audit log. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: number;
  /** Person, `socket`, or `-` for nobody known. */
  readonly person: string;
  readonly action: string;
  /** What it was done to. */
  readonly object: string;
  readonly outcome: "done" | "refused" | "failed";
  /** Code of the refusal. */
  readonly code?: string;
  readonly reason?: string;
  /** Of the network; `socket`. */
  readonly address: string;
  /** Id of the session or token. */
  readonly session?: string;
  readonly request?: string;
  /** Refusals of the same address before it that have no line of their own. */
  readonly omitted?: number;
  /** SHA-256 of the entry before it and of this one without it, hexadecimal. */
  readonly hash: string;
}
