import { approvalText, consoleText, type ConsoleApproval } from "../../model/gate.ts";

/** What a person signed. */
export interface ApprovalFacts {
  readonly run: string;
  readonly gate: string;
  /** Digest of the plan, `sha256:…`. */
  readonly digest: string;
  readonly person: string;
}

const FORM = /^watchbook approval 1\nrun (.+)\ngate (.+)\nplan (.+)\nperson (.+)\n$/;

/** Reads the text of an approval; undefined for any other. */
export function readApproval(text: string): ApprovalFacts | undefined {
  const [, run, gate, digest, person] = FORM.exec(text) ?? [];
  if (run === undefined || gate === undefined || digest === undefined || person === undefined) return undefined;
  const facts = { run, gate, digest, person };
  return approvalText(facts) === text ? facts : undefined;
}

const CONSOLE =
  /^watchbook console approval 1\nrun (.+)\ngate (.+)\nplan (.+)\nperson (.+)\nsession (.+)\nmethods (.+)\n$/;

/** Reads what the server signed for somebody; undefined for any other text. */
export function readConsoleApproval(text: string): ConsoleApproval | undefined {
  const [, run, gate, digest, person, session, methods] = CONSOLE.exec(text) ?? [];
  if (!run || !gate || !digest || !person || !session || !methods) return undefined;
  const facts = { run, gate, digest, person, session, methods };
  return consoleText(facts) === text ? facts : undefined;
}
