import { join, resolve } from "node:path";
import { endOnboarding, onboardingOf, onboardingStep, type OnboardingStep } from "../engine/onboarding.ts";
import { keyOf } from "../evidence/approval/judge.ts";
import { judgeOnboarding } from "../evidence/onboarding.ts";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import type { Person } from "../model/config.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { ONBOARDING_NAMESPACE, onboardingText, type Onboarding } from "../model/onboarding.ts";
import { columns } from "../report/columns.ts";
import { writeWhole } from "../report/disk.ts";
import { daemonAt } from "./client.ts";
import { readText } from "./evidence/place.ts";
import { aboutOf, hold } from "./hold.ts";
import { openHere } from "./inspect/alone.ts";
import { wayThrough, type Stage } from "./onboard/way.ts";
import { questions } from "./questions.ts";
import { readState } from "./read-state.ts";
import { textOf } from "./run/request.ts";
import { ownKey } from "./runs/own-key.ts";
import { signText } from "./sign-text.ts";
import type { Call, Verb } from "./verb.ts";

/** The first day: the reading order with the new person, who asks on the way and signs at the end. */
export const onboard: Verb = {
  name: "onboard",
  words: 0,
  options: {
    as: { type: "string" },
    status: { type: "boolean" },
    key: { type: "string" },
    signature: { type: "string" },
    print: { type: "boolean" },
  },
  run: async (call) => {
    const { book, root } = await openHere(call);
    const person = newPerson(call, book.config.people);
    const now = async (): Promise<Onboarding> => {
      await using state = await readState(call);
      return await onboardingOf(state.store, person.id);
    };
    const stages = async (): Promise<readonly Stage[]> => wayThrough(root, book, await now());
    const read = (await stages()).every(({ state }) => state === "read");
    const { status, print } = call.values;
    if (status === true) return show(call, await now(), await stages());
    if (!read && print !== true && !(await walk(call, person.id, await stages()))) return EXIT.waiting;
    const left = (await stages()).filter(({ state }) => state !== "read");
    if (left.length > 0) throw new WatchbookError("ONBOARD-UNREAD", { files: left.map(({ file }) => file) });
    const { asked } = await now();
    const facts = (await stages()).map(({ file, digest }) => ({ file, digest }));
    return sign(
      call,
      person,
      onboardingText({ book: book.digest, person: person.id, read: facts, asked }),
      book.config.people,
    );
  },
};

function newPerson({ values, world }: Call, people: readonly Person[]): Person {
  const id = textOf(values, "as") ?? world.env["USER"] ?? "";
  const person = people.find((one) => one.id === id);
  if (!person) throw new WatchbookError("ONBOARD-WHO", { person: id, known: people.map((one) => one.id) });
  return person;
}

/** Through the daemon when one owns the data, else here. */
async function keep(call: Call, step: OnboardingStep): Promise<void> {
  const client = await daemonAt(call.data, call.world.clock);
  if (client) return void (await client.post("/api/v1/onboarding/steps", step));
  const { book } = await openHere(call);
  await using held = await hold(call.world, call.data, aboutOf(call));
  await onboardingStep(held.house, book.config, step);
}

/** Every document that is not read yet, and the questions on the way; false when the person stops before the end. */
async function walk(call: Call, person: string, stages: readonly Stage[]): Promise<boolean> {
  const { said } = texts(call.lang).onboard;
  const { stderr } = call.world;
  using terminal = questions(call.world);
  stderr.write(`${said.intro}\n`);
  for (const [index, { title, file, lines, digest, state }] of stages.entries()) {
    if (state === "read") continue;
    const args = { number: index + 1, count: stages.length, title, file, lines };
    stderr.write(`\n${format(state === "changed" ? said.changed : said.stage, args)}\n`);
    for (;;) {
      const given = (await terminal.ask(said.ask))?.trim();
      if (given === undefined || given === said.stop) {
        stderr.write(`${format(said.stopped, args)}\n`);
        return false;
      }
      if (given === "") break;
      await keep(call, { did: "asked", person, question: `${file}: ${given}` });
      stderr.write(`${said.kept}\n`);
    }
    await keep(call, { did: "read", person, file, digest });
  }
  return true;
}

function show({ world, json, lang }: Call, found: Onboarding, stages: readonly Stage[]): Exit {
  const { states, said } = texts(lang).onboard;
  const rows = stages.map(({ title, file, state }) => [states[state], file, title]);
  const end = found.signed === undefined ? said.unsigned : said.signed;
  const text = `${columns(rows, "")}${format(said.asked, { count: found.asked.length })}\n${end}\n`;
  world.stdout.write(json ? `${JSON.stringify({ ...found, stages }, null, 2)}\n` : text);
  return found.signed === undefined || stages.some(({ state }) => state !== "read") ? EXIT.waiting : EXIT.ok;
}

/** The person signs what they have read: text and signature lie among the records, and an event says so. */
async function sign(call: Call, person: Person, text: string, people: readonly Person[]): Promise<Exit> {
  const { world, values, data } = call;
  const words = texts(call.lang).onboard.said;
  if (values["print"] === true) {
    world.stdout.write(text);
    return EXIT.ok;
  }
  if (keyOf(person) === undefined) throw new WatchbookError("ONBOARD-NO-KEY", { person: person.id });
  world.stderr.write(`${words.signs}\n\n${text.replace(/^/gm, "    ").trimEnd()}\n\n`);
  const made = textOf(values, "signature");
  const file = textOf(values, "key") ?? ownKey(world.env["HOME"], person.key);
  const key = { ...(file !== undefined && { file }), ...(person.key !== undefined && { line: person.key }) };
  const signature =
    made === undefined ? await signText(world, text, key, ONBOARDING_NAMESPACE) : readText(resolve(world.cwd, made));
  judgeOnboarding(text, signature, people);
  const client = await daemonAt(data, world.clock);
  if (client) await client.post("/api/v1/onboarding/signatures", { text, signature });
  else {
    await using held = await hold(world, data, aboutOf(call));
    await endOnboarding(held.house, { people }, { text, signature });
  }
  const path = join(data, "reports", "onboarding", `${person.id}.onboarded`);
  await writeWhole(path, text);
  await writeWhole(`${path}.sig`, signature);
  const done = { person: person.id, path, signature: `${path}.sig` };
  world.stdout.write(
    call.json ? `${JSON.stringify(done)}\n` : `${format(words.done, { who: person.name, path: `${path}.sig` })}\n`,
  );
  return EXIT.ok;
}
