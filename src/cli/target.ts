import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import { enrol, type Enrolment } from "../kinds/targets/ssh/enrol.ts";
import { sshTarget } from "../kinds/targets/ssh.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { openHere } from "./inspect/alone.ts";
import { questions } from "./questions.ts";
import type { Call, Verb } from "./verb.ts";

/** First contact with a host: its keys are shown, compared by a person, and written into the book's file. */
export const target: Verb = {
  name: "target",
  words: "any",
  options: { fingerprint: { type: "string", multiple: true } },
  run: async (call) => {
    const [what = "", name = "", ...rest] = call.positionals;
    if (what === "enroll" && rest.length > 0)
      throw new WatchbookError("WORDS-EXTRA", { verb: "target enroll", extra: rest });
    if (what !== "enroll" || name === "")
      throw new WatchbookError("TARGET-USAGE", { given: call.positionals.join(" ") });
    return enroll(call, await enrolment(call, name));
  },
};

async function enrolment(call: Call, name: string): Promise<Enrolment> {
  const { book, root } = await openHere(call);
  const { targets } = book.config;
  const found = targets.find((one) => one.name === name);
  const names = targets.filter(({ kind }) => kind === sshTarget.kind).map((one) => one.name);
  if (found?.kind !== sshTarget.kind)
    throw new WatchbookError("TARGET-NOT-SSH", { name, nearest: nearest(name, names) ?? (names.join(", ") || "-") });
  const params = sshTarget.params.safeParse(found.params);
  if (!params.success) throw new WatchbookError("TARGET-NOT-SSH", { name, nearest: names.join(", ") });
  return enrol(name, params.data, root);
}

async function enroll(call: Call, found: Enrolment): Promise<Exit> {
  const { said } = texts(call.lang).target;
  const keys = found.keys.map(({ type, fingerprint, state }) => ({ type, fingerprint, state }));
  const fresh = keys.filter(({ state }) => state !== "known");
  const lines = keys.map(({ type, fingerprint, state }) => `  ${type} ${fingerprint}  ${said.states[state]}`);
  call.world.stderr.write(`${format(said.keys, { host: found.host })}\n${lines.join("\n")}\n`);
  const agreed = fresh.length === 0 || (await agrees(call, fresh));
  if (agreed) await found.confirm();
  const written = agreed && fresh.length > 0;
  if (call.json) call.world.stdout.write(`${JSON.stringify({ host: found.host, file: found.file, keys, written })}\n`);
  const what = written ? said.written : fresh.length === 0 ? said.nothing : said.left;
  call.world.stderr.write(`${format(what, { file: found.file })}\n`);
  return agreed ? EXIT.ok : EXIT.waiting;
}

/** The given fingerprints name every new key, or a person at the terminal says that they are the host's. */
async function agrees(call: Call, fresh: readonly { readonly fingerprint: string }[]): Promise<boolean> {
  const given = call.values["fingerprint"];
  if (Array.isArray(given)) {
    const other = fresh.find(({ fingerprint }) => !given.includes(fingerprint));
    if (other) throw new WatchbookError("FINGERPRINT-OTHER", { fingerprint: other.fingerprint }, { exit: EXIT.failed });
    return true;
  }
  const { world, lang } = call;
  if (!world.stdin.isTTY || !world.stderr.isTTY) return false;
  using person = questions(world, { unread: texts(lang).cli.typedAhead });
  const { said } = texts(lang).target;
  return (await person.ask(said.ask))?.trim().toLowerCase() === said.yes;
}
