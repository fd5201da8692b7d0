import { Failing } from "../answer/failing.ts";
import { Unjudged } from "../answer/unjudged.ts";

/** What the other side did, or did not do. */
const THEIRS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "reset",
  EPIPE: "reset",
  ETIMEDOUT: "no-answer",
  EHOSTUNREACH: "host-unreachable",
  EHOSTDOWN: "host-unreachable",
  ENOTFOUND: "name-unknown",
};

/** What this side could not do: says nothing about the other. */
const OURS: Readonly<Record<string, "unreachable" | "no-permission">> = {
  ENETUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EAI_AGAIN: "unreachable",
  EMFILE: "unreachable",
  ENFILE: "unreachable",
  EACCES: "no-permission",
  EPERM: "no-permission",
};

/** The code of a socket error; of several attempts (IPv6, then IPv4) the one that says most about the other side. */
export function codeOf(error: unknown): string {
  const { code, errors } = error as NodeJS.ErrnoException & { errors?: readonly NodeJS.ErrnoException[] };
  const codes = (errors ?? []).map((each) => each.code ?? "");
  return codes.find((each) => each in THEIRS) ?? code ?? "";
}

/** Turns an error of a connection into a failure of the other side or an unknown of ours; others are handed back. */
export function connectionError(error: unknown, address: string): Error {
  const code = codeOf(error);
  if (code in THEIRS) return new Failing(THEIRS[code]!, { address });
  if (code in OURS) return new Unjudged(OURS[code]!, `${address} (${code})`);
  return error as Error;
}

/** The answer did not come within the time the book gives it: a failure of the other side, not ignorance. */
export const noAnswer = (address: string, within: number): Failing => new Failing("no-answer", { address, within });
