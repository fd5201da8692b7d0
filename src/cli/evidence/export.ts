import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { copyFileSync, existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { stringify } from "yaml";
import { git } from "../../book/read/commit.ts";
import { behind, bundleFiles } from "../../evidence/bundle.ts";
import { looked } from "../../evidence/disk.ts";
import { removedFrom } from "../../evidence/inclusion.ts";
import { fingerprintOf, pemOf } from "../../evidence/key.ts";
import type { Summary } from "../../evidence/list.ts";
import { openLog } from "../../evidence/opened.ts";
import { Refusal } from "../../evidence/refusal.ts";
import { signerLine, type Signer } from "../../evidence/signers.ts";
import { refused, verifyDirectory } from "../../evidence/verify.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../../model/error.ts";
import type { Verification } from "../../model/evidence.ts";
import type { Reach } from "../../model/target.ts";
import { markdown } from "../../report/escape.ts";
import { openLocal } from "../hold.ts";
import type { Call } from "../verb.ts";
import { placesFor, type EvidencePlaces } from "./place.ts";
import { verificationText } from "./say.ts";
import { evidenceOf } from "./show.ts";
import { demandsOf } from "./verify.ts";

const PACKED = /\.(?:tar|tar\.gz|tgz)$/;
const MINUTES_10 = 600_000;

/** The check without watchbook, as docs/formats/evidence.md has it. */
async function recipeOf(home: string): Promise<string> {
  const text = await readFile(join(home, "docs", "formats", "evidence.md"), "utf8");
  const found = /<!-- recipe -->\n```sh\n([^]*?)\n```/.exec(text)?.[1];
  if (found === undefined) throw new TypeError("docs/formats/evidence.md has no recipe");
  return `${found}\n`;
}

/** A book of the evidence alone: whoever stands in the bundle asks with its keys and people. */
const yamlOf = ({ people = [] }: EvidencePlaces, title: string): string =>
  stringify({
    title,
    evidence: "evidence",
    signers: "signers",
    ...(people.length > 0 && {
      people: Object.fromEntries(people.map(({ id, name, roles, key }) => [id, { name, roles, ...(key && { key }) }])),
    }),
  });

/** The manual as it was committed, beside the evidence; false when there is no such commit here. */
async function addManual(reach: Reach, book: string, commit: string | null, to: string): Promise<boolean> {
  if (commit === null || !/^[0-9a-f]{7,64}$/.test(commit)) return false;
  const { end } = await git(reach, book, ["archive", "--format=tar", "-o", to, commit, "."]);
  return end.kind === "exit" && end.code === 0;
}

/** Throws EVIDENCE-EXPORT-REFUSED, the reason said before, where `make` throws Refusal. */
function orRefused<T>(call: Call, path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refusal) call.world.stderr.write(verificationText(path, refused(error), call.lang));
    throw error instanceof Refusal ? new WatchbookError("EVIDENCE-EXPORT-REFUSED", { path }, { cause: error }) : error;
  }
}

/** Throws Refusal for what cannot be read, or is not there any more. */
function copy(from: string, to: string): void {
  const copied = looked(from, () => {
    copyFileSync(from, to);
    return true;
  });
  if (!copied) throw new Refusal("file-missing", { file: from });
}

/** Everything of the bundle, written into `folder`. */
async function fill(
  folder: string,
  call: Call,
  places: EvidencePlaces,
  about: {
    readonly signers: readonly Signer[];
    readonly evidence: readonly Summary[];
    readonly verification: Verification;
  },
  reach: Reach,
): Promise<void> {
  const { signers, evidence, verification } = about;
  const [first] = evidence;
  const files = orRefused(call, first!.directory, () => bundleFiles(realpathSync(places.root), evidence));
  for (const [path, from] of files) {
    const to = join(folder, "evidence", path);
    await mkdir(dirname(to), { recursive: true });
    orRefused(call, first!.directory, () => copy(from, to));
  }
  await mkdir(join(folder, "keys"));
  for (const { key } of signers) await writeFile(join(folder, "keys", `${key.id.slice(0, 16)}.pem`), pemOf(key));
  await writeFile(join(folder, "signers"), signers.map((signer) => `${signerLine(signer)}\n`).join(""));
  await writeFile(join(folder, "watchbook.yaml"), yamlOf(places, first!.title));
  await writeFile(join(folder, "verify.sh"), await recipeOf(call.world.home), { mode: 0o755 });
  const manual = await addManual(reach, call.book, first!.commit, join(folder, "manual.tar"));
  if (!manual) await rm(join(folder, "manual.tar"), { force: true });
  await writeFile(join(folder, "README.md"), page(call, about, verification, manual));
}

function page(
  { lang }: Call,
  { signers, evidence }: { readonly signers: readonly Signer[]; readonly evidence: readonly Summary[] },
  verification: Verification,
  manual: boolean,
): string {
  const { bundle, verdicts } = texts(lang).evidence;
  const [first, ...others] = evidence;
  const signer = signers.find(({ key }) => verification.signedBy?.endsWith(key.id.slice(0, 16))) ?? signers[0]!;
  const values = {
    path: `evidence/${first!.path}`,
    key: `keys/${signer.key.id.slice(0, 16)}.pem`,
    verdict: verification.verdict === "refused" ? "" : verdicts[verification.verdict],
  };
  const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}\n`).join("");
  return [
    `# ${markdown(first!.title)}\n\n${format(bundle.about, { run: first!.run, ended: first!.ended, ...values })}\n`,
    `\n${format(bundle.verify, values)}\n`,
    `\n${bundle.trust}\n\n`,
    list(signers.map(({ name, key }) => `${name} ${fingerprintOf(key)}`)),
    ...(others.length > 0
      ? [`\n${bundle.behind}\n\n`, list(others.map(({ title, path }) => `${markdown(title)}: evidence/${path}`))]
      : []),
    `\n${manual ? bundle.manual : bundle.noManual}\n`,
  ].join("");
}

/** Of this book's evidence only: the bundle has one log. Throws EVIDENCE-EXPORT-ELSEWHERE, EVIDENCE-EXPORT-REFUSED. */
function evidenceBehind(call: Call, places: EvidencePlaces, given: string): readonly Summary[] {
  const [root, directory] = [existsSync(places.root) ? realpathSync(places.root) : places.root, realpathSync(given)];
  if (!directory.startsWith(`${root}/`)) throw new WatchbookError("EVIDENCE-EXPORT-ELSEWHERE", { path: given, root });
  const mustHold = (path: string): void => {
    const verification = verifyDirectory(path, demandsOf(call, path));
    if (verification.verdict !== "refused") return;
    call.world.stderr.write(verificationText(path, verification, call.lang));
    throw new WatchbookError("EVIDENCE-EXPORT-REFUSED", { path });
  };
  return orRefused(call, given, () => {
    const log = openLog(root, demandsOf(call, given).trust.signers);
    return behind(root, directory, mustHold, log ? removedFrom(root, log.size) : []);
  });
}

/** Packed with names in order and without owners and times: the same evidence gives the same bytes. */
async function pack(reach: Reach, folder: string, to: string): Promise<void> {
  const gz = to.endsWith(".tar") ? [] : ["--use-compress-program=gzip -n"];
  const argv = ["tar", "--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", ...gz];
  const { end, err } = await reach.exec([...argv, "-cf", to, "-C", dirname(folder), "--", basename(folder)], {
    timeoutMs: MINUTES_10,
    maxBytes: 1 << 16,
  });
  if (end.kind !== "exit" || end.code !== 0) throw new WatchbookError("EVIDENCE-EXPORT-TAR", { detail: err.trim() });
}

/**
 * `evidence export DIR|RUN [-o PLACE]`: everything behind one verdict in a folder, or packed: evidence, log, keys,
 * people, the manual at its commit, and how to check it with and without watchbook. What is refused is not exported;
 * what is there is not overwritten.
 */
export async function exportBundle(call: Call, given: string): Promise<Exit> {
  const { world, lang } = call;
  const places = placesFor(call, resolve(world.cwd, given));
  const directory = evidenceOf(call, places.root, given);
  const demands = demandsOf(call, directory);
  const verification = verifyDirectory(directory, demands);
  world.stderr.write(verificationText(given, verification, lang));
  if (verification.verdict === "refused") throw new WatchbookError("EVIDENCE-EXPORT-REFUSED", { path: directory });
  const output = call.values["output"];
  const name = basename(directory);
  const to = resolve(world.cwd, typeof output === "string" ? output : `${name}.tar.gz`);
  if (existsSync(to)) throw new WatchbookError("EVIDENCE-EXPORT-THERE", { path: to });
  if (!existsSync(dirname(to))) throw new WatchbookError("FILE-NOT-FOUND", { path: dirname(to) });
  const about = { signers: demands.trust.signers, evidence: evidenceBehind(call, places, directory), verification };
  const work = await mkdtemp(`${to}.`);
  try {
    await using reach = await openLocal(await world.registry(), call.book);
    const folder = join(work, name);
    await mkdir(folder);
    await fill(folder, call, places, about, reach);
    const packed = PACKED.exec(to);
    const whole = packed ? `${folder}${packed[0]}` : folder;
    if (packed) await pack(reach, folder, whole);
    await rename(whole, to);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  if (call.json)
    world.stdout.write(
      `${JSON.stringify({ path: to, runs: about.evidence.map(({ run }) => run), verdict: verification.verdict })}\n`,
    );
  else world.stdout.write(`${to}\n`);
  return EXIT.ok;
}
