import { resolve } from "node:path";
import { approvalEntry, questionsOf, textFor } from "../../engine/run/evidence/approval.ts";
import { entryOf } from "../../engine/run/act.ts";
import type { RunShown } from "../../engine/run/control/shown.ts";
import type { Question } from "../../evidence/approval/judge.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../../model/error.ts";
import { APPROVAL_NAMESPACE } from "../../model/gate.ts";
import { planSummary } from "../../report/plan/text.ts";
import { readText } from "../evidence/place.ts";
import { byOf } from "../inspect/alone.ts";
import { anonymity } from "../run/logins.ts";
import { textOf } from "../run/request.ts";
import { signText } from "../sign-text.ts";
import type { Call } from "../verb.ts";
import { told } from "./act.ts";
import { deskOf } from "./at.ts";
import type { RunsDesk } from "./desk.ts";
import { ownKey } from "./own-key.ts";

/** The approval that is meant. Rejects with RUN-ENDED, RUN-WAITS-NOT, RUN-WAITS-WHICH. */
function questionOf(call: Call, run: RunShown, person: string): Question {
  const gate = textOf(call.values, "gate");
  const entry = entryOf(run, person, { do: "approve", signature: "", text: "", ...(gate !== undefined && { gate }) });
  const found = entry.type === "approval.given" && questionsOf(run).find((one) => one.gate === entry.gate);
  if (!found) throw new TypeError(`run ${run.record.id} waits for an approval that nobody was asked for`);
  return found;
}

/** Who may not approve is told before a key is asked for. Throws APPROVAL-… */
function checkPerson(call: Call, { book }: RunsDesk, question: Question, by: string, text: string): void {
  const given = { gate: question.gate, by, signature: "", text };
  try {
    approvalEntry(question, book.config.people, given, call.world.clock.wall());
  } catch (error) {
    // All that is wrong so far is that nothing is signed yet.
    if (!(error instanceof WatchbookError) || !error.code.startsWith("APPROVAL-SIGNATURE-")) throw error;
  }
}

async function signatureOf(call: Call, { book }: RunsDesk, person: string, text: string): Promise<string> {
  const { world, values } = call;
  const made = textOf(values, "signature");
  if (made !== undefined) return readText(resolve(world.cwd, made));
  const line = book.config.people.find(({ id }) => id === person)?.key;
  const file = textOf(values, "key") ?? ownKey(world.env["HOME"], line);
  const key = { ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
  return signText(world, text, key, APPROVAL_NAMESPACE);
}

/** Signs the digest of the plan with the person's own key, and gives it to the run. */
export async function approve(call: Call, name: string): Promise<Exit> {
  await using desk = await deskOf(call);
  const { world, values } = call;
  const { said } = texts(desk.lang).run;
  const person = textOf(values, "as") ?? byOf(call);
  const run = await desk.show(name);
  const question = questionOf(call, run, person);
  const text = textFor(question, person);
  if (values["print"] === true) {
    world.stdout.write(text);
    return EXIT.ok;
  }
  checkPerson(call, desk, question, person, text);
  const { title, runbook, environment } = run.record;
  const head = format(texts(desk.lang).plan.head, { title, runbook, environment });
  world.stderr.write(
    `${head}${texts(desk.lang).cli.colon}${await planSummary(run.plan, desk.lang)}\n${said.signs}\n\n`,
  );
  world.stderr.write(`${text.replace(/^/gm, "    ").trimEnd()}\n\n`);
  world.stderr.write(anonymity(run, desk.lang));
  const signature = await signatureOf(call, desk, person, text);
  return await told(call, desk, run.record.id, person, { do: "approve", gate: question.gate, signature, text });
}
