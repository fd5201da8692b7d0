import { join } from "node:path";
import type { Context } from "hono";
import { isInvitedBy } from "../../engine/access/invited.ts";
import { questionsOf } from "../../engine/run/evidence/approval.ts";
import { signSsh } from "../../evidence/approval/sign.ts";
import { signingKey } from "../../evidence/key.ts";
import { WatchbookError } from "../../model/error.ts";
import { CONSOLE_NAMESPACE, consoleText } from "../../model/gate.ts";
import type { Env, Parts } from "../front.ts";

/** A yes that the server signs for somebody: its key is the evidence's, its text says how that person was signed in. */
export interface Vouched {
  readonly gate?: string | undefined;
  readonly signature: string;
  readonly text: string;
  readonly via: "console";
}

/** Gives the server's signature to whoever is signed in by two factors. */
export const voucher =
  ({ daemon, access }: Parts) =>
  async (c: Context<Env>, run: string, gate: string | undefined): Promise<Vouched> => {
    const { signIn, person } = c.get("who");
    // A token is a program's: who stands behind it now, nobody knows.
    if (!signIn || person === undefined) throw new WatchbookError("APPROVAL-UNSIGNED");
    if (!signIn.strong) throw new WatchbookError("STRONG-NEEDED");
    if (daemon.book().open.book.config.approvals === "keys-only") throw new WatchbookError("APPROVAL-KEYS-ONLY");
    const now = await daemon.runs.now(run);
    const questions = questionsOf(now);
    const question = gate === undefined ? questions[0] : questions.find((one) => one.gate === gate);
    // The run itself says what is wrong with an answer that nobody asked for.
    if (!question) return { gate, signature: "", text: "", via: "console" };
    // Who asked must not agree under another name: the code of an invitation is known to whoever gave it.
    const asked = [question.requester, ...(question.requesters ?? [])];
    const theirs = signIn.methods.includes("password") && !question.of.requesterMay;
    if (theirs && isInvitedBy(access.accounts, person, asked, now.record.created))
      throw new WatchbookError("APPROVAL-INVITED", { person });
    const methods = signIn.methods.join("+");
    const text = consoleText({ ...question, person, session: signIn.id, methods });
    const key = signingKey(join(daemon.house.data, "keys"));
    return { gate: question.gate, signature: signSsh(key, text, CONSOLE_NAMESPACE), text, via: "console" };
  };
