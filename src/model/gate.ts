/** Who must agree, and how long the question stands. Names of roles are those of the book's people. */
export interface Gate {
  /** Any of these roles; empty: any person of the book with a key. */
  readonly roles: readonly string[];
  /** Different people needed. */
  readonly quorum: number;
  /** Milliseconds after which an unanswered question counts as no. */
  readonly expiresMs: number;
  /** The person who asked for the run may approve it; false unless the book says so. */
  readonly requesterMay: boolean;
}

/** Gate before the first change of a run. */
export const PLAN_GATE = "plan";

/**
 * A signed yes. The signature is `ssh-keygen -Y sign -n watchbook-approval` over the lines of `approvalText`; anyone
 * verifies it with ssh-keygen alone (OpenSSH PROTOCOL.sshsig).
 */
export interface Approval {
  readonly gate: string;
  /** Person's id. */
  readonly by: string;
  /** Armoured SSH signature. */
  readonly signature: string;
  /** The text that was signed. */
  readonly text: string;
  /** Signed by the server on behalf of somebody who was signed in; absent: by the person's own key. */
  readonly via?: "console";
}

/** Somebody who was signed in with two factors, and for whom the server signs. */
export interface ConsoleApproval {
  readonly run: string;
  readonly gate: string;
  readonly digest: string;
  readonly person: string;
  /** Id of the session. */
  readonly session: string;
  /** How it was signed in: `password+totp`, `oidc`. */
  readonly methods: string;
}

/** Of signatures that the server makes for a person: never mistaken for the person's own. */
export const CONSOLE_NAMESPACE = "watchbook-console-approval";

/** The bytes that the server signs for a person: plain lines, ending with a newline. */
export const consoleText = (of: ConsoleApproval): string =>
  [
    "watchbook console approval 1",
    `run ${of.run}`,
    `gate ${of.gate}`,
    `plan ${of.digest}`,
    `person ${of.person}`,
    `session ${of.session}`,
    `methods ${of.methods}`,
    "",
  ].join("\n");

export const APPROVAL_NAMESPACE = "watchbook-approval";

/** The bytes a person signs: plain lines that say what is approved, ending with a newline. */
export const approvalText = (of: {
  readonly run: string;
  readonly gate: string;
  readonly digest: string;
  readonly person: string;
}): string =>
  ["watchbook approval 1", `run ${of.run}`, `gate ${of.gate}`, `plan ${of.digest}`, `person ${of.person}`, ""].join(
    "\n",
  );
