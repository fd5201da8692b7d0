import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { acceptHandover } from "../../engine/handover.ts";
import { keyOf } from "../../evidence/approval/judge.ts";
import { judgeHandover } from "../../evidence/handover.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Person } from "../../model/config.ts";
import { EXIT, WatchbookError, type Exit } from "../../model/error.ts";
import { HANDOVER_NAMESPACE, handoverText, type Handover } from "../../model/handover.ts";
import { writeWhole } from "../../report/disk.ts";
import { readText } from "../evidence/place.ts";
import { daemonAt } from "../client.ts";
import { aboutOf, hold } from "../hold.ts";
import { openHere } from "../inspect/alone.ts";
import { ownKey } from "../runs/own-key.ts";
import { textOf } from "../run/request.ts";
import { signText } from "../sign-text.ts";
import type { Call } from "../verb.ts";
import { acceptedOf, newestPage, pageFor, twinOf } from "./place.ts";

const digest = (text: string): string => `sha256:${createHash("sha256").update(text, "utf8").digest("hex")}`;

/** A page and its twin, as they lie there. Throws HANDOVER-NONE or HANDOVER-CHANGED. */
function read(page: string): { readonly page: string; readonly facts: string; readonly found: Handover } {
  const twin = twinOf(page);
  if (!existsSync(page) || !existsSync(twin)) throw new WatchbookError("HANDOVER-NONE", { path: page });
  const [text, facts] = [readFileSync(page, "utf8"), readFileSync(twin, "utf8")];
  try {
    const { page: told, ...found } = JSON.parse(facts) as Handover & { readonly page: string };
    if (found.format === 1 && told === digest(text)) return { page: told, facts: digest(facts), found };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new WatchbookError("HANDOVER-CHANGED", { path: page });
}

/** Who signs: of the book, with a key, and not the one who hands over. */
function receiver(call: Call, people: readonly Person[], { gives, takes }: Handover): Person {
  const id = textOf(call.values, "as") ?? call.world.env["USER"] ?? "";
  const person = people.find((one) => one.id === id);
  if (!person) throw new WatchbookError("HANDOVER-WHO", { person: id, known: people.map((one) => one.id) });
  if (keyOf(person) === undefined) throw new WatchbookError("HANDOVER-NO-KEY", { person: id });
  const is = (list: Handover["gives"]): boolean => list.some((one) => one.person === id);
  if (is(gives) && !is(takes))
    throw new WatchbookError("HANDOVER-SAME", { person: id, takes: takes.map((one) => one.person) });
  return person;
}

async function signatureOf({ world, values }: Call, text: string, { key: line }: Person): Promise<string> {
  const made = textOf(values, "signature");
  if (made !== undefined) return readText(resolve(world.cwd, made));
  const file = textOf(values, "key") ?? ownKey(world.env["HOME"], line);
  const key = { ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
  return signText(world, text, key, HANDOVER_NAMESPACE);
}

/** Signs for a hand-over: the text and its signature beside the page, and an event, through the daemon when there is one. */
export async function accept(call: Call): Promise<Exit> {
  const { world, values } = call;
  const { book, root } = await openHere(call);
  const lang = values["lang"] === undefined ? book.lang : call.lang;
  const where = { root, data: call.data };
  const [given] = call.positionals;
  const now = world.clock.wall();
  const path =
    given === undefined
      ? (newestPage(book, where, now) ?? pageFor(book, where, now, false))
      : resolve(world.cwd, given).replace(/\.json$/, ".md");
  const { page, facts, found } = read(path);
  const person = receiver(call, book.config.people, found);
  const text = handoverText({ book: found.book.digest, page, facts, person: person.id });
  if (values["print"] === true) {
    world.stdout.write(text);
    return EXIT.ok;
  }
  const words = texts(lang).handover.said;
  world.stderr.write(`${words.signs}\n\n${text.replace(/^/gm, "    ").trimEnd()}\n\n`);
  const signature = await signatureOf(call, text, person);
  judgeHandover(text, signature, book.config.people);
  const client = await daemonAt(call.data, world.clock);
  if (client) await client.post("/api/v1/handovers/acceptances", { text, signature });
  else {
    await using held = await hold(world, call.data, aboutOf(call));
    await acceptHandover(held.house, book.config, { text, signature });
  }
  const file = acceptedOf(path, person.id);
  await writeWhole(file, text);
  await writeWhole(`${file}.sig`, signature);
  world.stdout.write(
    call.json
      ? `${JSON.stringify({ page: path, person: person.id, signature: `${file}.sig` })}\n`
      : `${format(words.accepted, { who: person.name, path: `${file}.sig` })}\n`,
  );
  return EXIT.ok;
}
