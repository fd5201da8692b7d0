import { existsSync, linkSync, realpathSync, unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { keyOf } from "../../evidence/approval/judge.ts";
import { countersignatureName, EVIDENCE_NAMESPACE, judgeCountersignature } from "../../evidence/countersign.ts";
import { isEvidence } from "../../evidence/directory.ts";
import { diskError, syncFolder } from "../../evidence/disk.ts";
import { FILES } from "../../evidence/files.ts";
import { Refusal } from "../../evidence/refusal.ts";
import { verifyDirectory } from "../../evidence/verify.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Person } from "../../model/config.ts";
import { EXIT, WatchbookError, type Exit } from "../../model/error.ts";
import { ownKey } from "../runs/own-key.ts";
import { signText } from "../sign-text.ts";
import type { Call } from "../verb.ts";
import { placesFor, readText } from "./place.ts";
import { sayReason, verificationText } from "./say.ts";
import { demandsOf } from "./verify.ts";

/** Who signs, as the book has them. */
function personOf(call: Call, people: readonly Person[]): Person {
  const given = call.values["as"];
  const id = typeof given === "string" ? given : (call.world.env["USER"] ?? "");
  const person = people.find((one) => one.id === id);
  const known = people.map((one) => one.id).join(", ");
  if (!person || countersignatureName(id) === undefined) throw new WatchbookError("EVIDENCE-SIGN-WHO", { id, known });
  if (!keyOf(person)) throw new WatchbookError("EVIDENCE-SIGN-NO-KEY", { id });
  return person;
}

/** A file made elsewhere with `ssh-keygen -Y sign`, or asked for at this terminal. */
async function signatureOf({ world, values }: Call, statement: string, { key: line }: Person): Promise<string> {
  const made = values["signature"];
  if (typeof made === "string") return readText(resolve(world.cwd, made));
  const given = values["key"];
  const file = typeof given === "string" ? given : ownKey(world.env["HOME"], line);
  const key = { ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
  return signText(world, statement, key, EVIDENCE_NAMESPACE);
}

/**
 * Linked into place whole; of two who sign as the same person the first stays. It is written beside the directory: what a
 * crash leaves must not lie in the evidence, which holds nothing else.
 */
function put(path: string, signature: string): void {
  const fresh = join(dirname(realpathSync(dirname(path))), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(fresh, signature, { flush: true, mode: 0o644 });
    linkSync(fresh, path);
    syncFolder(dirname(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw new WatchbookError("EVIDENCE-SIGN-TWICE", { path });
    throw diskError(error, dirname(path));
  } finally {
    if (existsSync(fresh)) unlinkSync(fresh);
  }
}

/**
 * `evidence sign DIR --as PERSON`: a person's own signature beside the runner's, over the same statement. Shows first
 * what the evidence gives; what is refused is not signed.
 */
export async function sign(call: Call, given: string): Promise<Exit> {
  const { world, lang } = call;
  const { said } = texts(lang).evidence;
  const named = resolve(world.cwd, given);
  const directory = basename(named) === FILES.statement ? dirname(named) : named;
  if (!isEvidence(directory)) throw new WatchbookError("EVIDENCE-NONE", { path: directory });
  const { people = [] } = placesFor(call, directory);
  const person = personOf(call, people);
  const path = join(directory, countersignatureName(person.id)!);
  if (existsSync(path)) throw new WatchbookError("EVIDENCE-SIGN-TWICE", { path });
  const verification = verifyDirectory(directory, demandsOf(call, directory));
  world.stderr.write(verificationText(relative(world.cwd, directory) || ".", verification, lang));
  if (verification.verdict === "refused") throw new WatchbookError("EVIDENCE-SIGN-REFUSED", { path: directory });
  const statement = readText(join(directory, FILES.statement));
  const signature = await signatureOf(call, statement, person);
  judge(call, person, statement, signature);
  put(path, signature);
  if (call.json) world.stdout.write(`${JSON.stringify({ path, person: person.id, verdict: verification.verdict })}\n`);
  else {
    world.stdout.write(`${path}\n`);
    world.stderr.write(`${format(said.signed, { who: person.name, verdict: verification.verdict })}\n`);
  }
  return EXIT.ok;
}

/** What does not hold, or is another's key, is not put beside the statement. */
function judge({ lang }: Call, person: Person, statement: string, signature: string): void {
  try {
    judgeCountersignature(person.id, Buffer.from(statement, "utf8"), signature, [person]);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new WatchbookError("EVIDENCE-SIGN-WRONG", { why: sayReason(error.reason, lang) });
  }
}
