import { resolve } from "node:path";
import { judgeWord } from "../../evidence/incident-word.ts";
import { keyOf } from "../../evidence/approval/judge.ts";
import { texts } from "../../i18n/texts.ts";
import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import { INCIDENT_NAMESPACE, wordText } from "../../model/incident-word.ts";
import type { IncidentDeed } from "../../model/incident-ask.ts";
import { printable } from "../../model/printable.ts";
import { readText } from "../evidence/place.ts";
import { ownKey } from "../runs/own-key.ts";
import { textOf } from "../run/request.ts";
import { signText } from "../sign-text.ts";
import type { Call } from "../verb.ts";

/**
 * A person's signed word on the user's path; undefined when it is only printed. Throws INCIDENT-USAGE, INCIDENT-TEXT and what
 * `judgeWord` and `signText` throw.
 */
export async function wordOf(call: Call, book: Book, incident: string): Promise<IncidentDeed | undefined> {
  const { world, values, positionals, lang } = call;
  const [, , says, ...rest] = positionals;
  if ((says !== "red" && says !== "green") || rest.length > 0)
    throw new WatchbookError("INCIDENT-USAGE", { given: positionals.join(" ") });
  const reason = printable(textOf(values, "reason") ?? "").trim();
  if (reason === "") throw new WatchbookError("INCIDENT-TEXT");
  const id = textOf(values, "as") ?? world.env["USER"] ?? "";
  const person = book.config.people.find((one) => one.id === id);
  if (!person)
    throw new WatchbookError("INCIDENT-WORD-WHO", { person: id, known: book.config.people.map((one) => one.id) });
  if (keyOf(person) === undefined) throw new WatchbookError("INCIDENT-WORD-NO-KEY", { person: id });
  const text = wordText({ incident, says, person: id, reason });
  if (values["print"] === true) {
    world.stdout.write(text);
    return undefined;
  }
  world.stderr.write(`${texts(lang).incidents.said.signs}\n\n${text.replace(/^/gm, "    ").trimEnd()}\n\n`);
  const made = textOf(values, "signature");
  const file = textOf(values, "key") ?? ownKey(world.env["HOME"], person.key);
  const key = { ...(file !== undefined && { file }), ...(person.key !== undefined && { line: person.key }) };
  const signature =
    made === undefined ? await signText(world, text, key, INCIDENT_NAMESPACE) : readText(resolve(world.cwd, made));
  judgeWord(text, signature, incident, book.config.people);
  return { do: "word", text, signature };
}
