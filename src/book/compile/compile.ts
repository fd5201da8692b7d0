import type { Book } from "../../model/book.ts";
import type { BookConfig } from "../../model/config.ts";
import type { Document } from "../../model/document.ts";
import type { Finding } from "../../model/finding.ts";
import type { Lang } from "../../model/lang.ts";
import { emptyConfig } from "../config/empty.ts";
import { CONFIG_NAME } from "../read/manual-files.ts";
import type { ManualFiles } from "../read/manual-files.ts";
import { loadManuals } from "../read/load.ts";
import type { ManualText } from "../read/load.ts";
import { textOf } from "../read/text.ts";
import { recognise } from "./constructs.ts";
import { backupDuties, withPolicies } from "./backup-duties.ts";
import { withBackups } from "./backup-runbooks.ts";
import { clusterRunbooks } from "./cluster-runbooks.ts";
import { drillRunbooks } from "./drill-runbooks.ts";
import { digestOf } from "./digest.ts";
import { dutiesOf } from "./duties.ts";
import { frozen } from "./freeze.ts";
import { checksOf } from "./checks.ts";
import { makePage } from "./page.ts";
import { environmentsOf, gatesOf, servicesOf } from "./places.ts";
import { isDated, isOutput, isRecord } from "./records.ts";
import { foldersOf, resolveLinks } from "./resolve.ts";
import { withSeats } from "./seats.ts";
import { collect, uniqueRunbooks } from "./statements.ts";
import type { PageFound } from "./statements.ts";

/** What holds when neither watchbook.yaml nor the manual says it. */
export interface CompileOptions {
  readonly lang?: Lang;
  readonly zone?: string;
}

/** A book and the text of every file it was compiled from, watchbook.yaml included. */
export interface Compiled {
  readonly book: Book;
  readonly texts: ReadonlyMap<string, string>;
}

/** Compiles the manuals of a tree into one frozen Book. Same files, same book. */
export const compileBook = async (files: ManualFiles, options?: CompileOptions): Promise<Book> =>
  (await compileFiles(files, options)).book;

/** compileBook, and the texts. */
export async function compileFiles(files: ManualFiles, options: CompileOptions = {}): Promise<Compiled> {
  const { config, data, findings: configFindings } = await configOf(files);
  const loaded = await loadManuals(files, config.ignore);
  const outputs = loaded.manuals.filter((manual) => isOutput(manual.file, config));
  const manuals = loaded.manuals.filter((manual) => !isOutput(manual.file, config));
  const read = pagesOf(manuals, config);
  const others = [...loaded.others, ...outputs.map(({ file }) => file), ...read.records.map(({ file }) => file)].sort();
  const pages = uniqueRunbooks(read.pages);
  const said = collect(pages);
  const documents = await documentsOf(pages, others, said.namePatterns, config, files);
  const checks = checksOf(config, said.thresholds, documents);
  const duties = dutiesOf(said.duties, checks, said.thresholds, config);
  const records = new Set(read.records);
  const sources = manuals.filter((manual) => !records.has(manual));
  const zone = config.zone ?? options.zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const backups = withPolicies(config.backups, said.backups);
  const made = [
    ...config.clusters.flatMap(clusterRunbooks),
    ...config.drills.flatMap((drill) => drillRunbooks(drill, said.runbooks)),
  ];
  const all = withBackups(said.runbooks, config.runbooks, backups, made, zone);
  const environments = environmentsOf(config, said.environments);
  const rest = frozen({
    title: titleOf(documents, config, files.root),
    lang: config.lang ?? langOf(documents) ?? options.lang ?? "en",
    zone,
    config: { ...config, backups, runbooks: all.specs },
    documents,
    files: others,
    ...said,
    runbooks: all.runbooks,
    duties: [...withSeats(duties.duties, checks, config), ...backupDuties(backups, config.targets, environments)],
    environments,
    services: servicesOf(config, said.services),
    gates: gatesOf(config, said.gates),
    checks,
    findings: [...configFindings, ...loaded.findings, ...pages.flatMap(findingsOf), ...duties.findings],
  });
  const book = digested(rest, () => digestOf(data ? [...sources, data] : sources));
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  if (data) texts.set(data.file, data.text);
  return { book, texts };
}

/** The book with its digest, which is made when it is first asked for: lint says what it found without one. */
function digested(rest: Omit<Book, "schema" | "digest">, make: () => string): Book {
  let digest: string | undefined;
  // The bytes it is made of are let go with it.
  let wanted: (() => string) | undefined = make;
  return Object.freeze({
    schema: 1,
    get digest() {
      digest ??= wanted!();
      wanted = undefined;
      return digest;
    },
    ...rest,
  });
}

const findingsOf = ({ page, found }: PageFound): readonly Finding[] => [
  ...page.findings,
  ...found.flatMap((each) => each.findings ?? []),
];

interface ReadData {
  readonly config: BookConfig;
  readonly data?: ManualText;
  readonly findings: readonly Finding[];
}

/** watchbook.yaml, when there is one. Its reader is loaded only then. */
async function configOf(files: ManualFiles): Promise<ReadData> {
  const bytes = await files.read(CONFIG_NAME);
  if (!bytes) return { config: emptyConfig, findings: [] };
  const decoded = textOf(CONFIG_NAME, bytes);
  if ("finding" in decoded) return { config: emptyConfig, findings: [decoded.finding] };
  const { readConfig } = await import("../config/read.ts");
  return { ...readConfig(CONFIG_NAME, decoded.text), data: { file: CONFIG_NAME, bytes, text: decoded.text } };
}

const pageOf = (manual: ManualText, config: BookConfig): PageFound => {
  const page = makePage(manual.file, manual.text, config);
  return { page, found: recognise(page) };
};

interface ReadPages {
  readonly pages: readonly PageFound[];
  readonly records: readonly ManualText[];
}

/**
 * Undated files first: they carry the name patterns that tell records from manuals. A file whose front matter says
 * `kind: report`, as every report of watchbook does, is a record too. A file that is alone is what was asked for.
 */
function pagesOf(manuals: readonly ManualText[], config: BookConfig): ReadPages {
  const undated = new Map(
    manuals.filter(({ file }) => !isDated(file)).map((manual) => [manual, pageOf(manual, config)]),
  );
  const patterns = [...undated.values()].flatMap(({ found }) => found.flatMap((each) => each.namePatterns ?? []));
  const records: ManualText[] = [];
  const pages: PageFound[] = [];
  for (const manual of manuals) {
    const early = undated.get(manual);
    const page = early ?? (isRecord(manual.file, patterns) && manuals.length > 1 ? undefined : pageOf(manual, config));
    if (page && !(page.page.front.kind === "report" && manuals.length > 1)) pages.push(page);
    else records.push(manual);
  }
  return { pages, records };
}

async function documentsOf(
  pages: readonly PageFound[],
  others: readonly string[],
  patterns: Book["namePatterns"],
  config: BookConfig,
  files: ManualFiles,
): Promise<readonly Document[]> {
  const all = new Set([...others, ...pages.map(({ page }) => page.file)]);
  const tree = {
    pages: new Map(pages.map(({ page }) => [page.file, page])),
    files: all,
    folders: foldersOf(all),
    patterns,
    config,
    has: (path: string) => files.has(path),
  };
  return Promise.all(pages.map(({ page }) => resolveLinks(serviced(page.document, config), tree)));
}

/** Where watchbook.yaml has one service, every document is about it. */
const serviced = (document: Document, config: BookConfig): Document =>
  document.service === undefined && config.services.length === 1
    ? { ...document, service: config.services[0]!.id }
    : document;

/** The title of the document to start with: the declared entry, README or index, else the manual that leads to the most others. */
function titleOf(documents: readonly Document[], config: BookConfig, root: string): string {
  const manuals = documents.filter(({ kind }) => kind === "manual");
  const entry =
    documents.find((document) => document.file === config.entry) ??
    documents.find((document) => /^(?:readme|index|_index)\.(?:md|markdown|txt)$/i.test(document.file)) ??
    leading(manuals) ??
    leading(documents);
  return config.title ?? entry?.title ?? root.slice(root.lastIndexOf("/") + 1);
}

/** The document that links to the most others; of equals the first. */
function leading(documents: readonly Document[]): Document | undefined {
  const leadsTo = new Map(
    documents.map((one) => [
      one,
      new Set(one.links.flatMap(({ target }) => (target === one.file ? [] : (target ?? [])))).size,
    ]),
  );
  return documents.toSorted((a, b) => leadsTo.get(b)! - leadsTo.get(a)!)[0];
}

/** Language most of the text is in. */
function langOf(documents: readonly Document[]): Lang | undefined {
  if (documents.length === 0) return undefined;
  const chinese = documents.reduce((sum, { lang, bytes }) => sum + (lang === "zh" ? bytes : -bytes), 0);
  return chinese > 0 ? "zh" : "en";
}
