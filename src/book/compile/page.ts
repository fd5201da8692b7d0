import type { BookConfig } from "../../model/config.ts";
import type { Document, DocumentKind } from "../../model/document.ts";
import type { Finding } from "../../model/finding.ts";
import { STATUSES } from "../../model/states.ts";
import { plainLines } from "../parse/front.ts";
import { parser } from "../parse/markdown-it.ts";
import type { Page, Part } from "../recognise/recogniser.ts";
import { dateOf, KIND_WORDS, statusOf, statusOfTitle } from "../words/documents.ts";
import { annotationsOf } from "./annotations.ts";
import { classifyBlocks } from "./constructs.ts";
import { dataOf } from "./data.ts";
import { frontOf } from "./front.ts";
import { langOf } from "./lang.ts";
import { linksOf } from "./links.ts";
import { partsOf } from "./sections.ts";
import type { Declared } from "./sections.ts";
import { signaturesOf } from "./signatures.ts";
import { trapsOf } from "./traps.ts";

/** One file on its way to the model: parsed, cut into parts, its blocks classified, with what was found so far. */
export function makePage(file: string, text: string, config: BookConfig): Page {
  const plain = plainLines(text);
  const tree = parser.parse(plain);
  const { front, findings: frontFindings } = frontOf(file, tree.frontMatter);
  const { annotations, findings: annotationFindings } = annotationsOf(file, plain, tree.nodes);
  const lines = countLines(plain);
  const first = partsOf(file, tree.nodes, lines);
  const data = dataOf(file, first);
  const status = front.status ?? claimed(data) ?? statusOfTitle(titleOf(first));
  const declared = declaredIn(annotations);
  const parts = status || declared.length > 0 ? partsOf(file, tree.nodes, lines, status, declared) : first;
  const lang = config.lang ?? langOf(plain);
  const document = documentOf(file, parts, data, {
    lang,
    lines,
    bytes: Buffer.byteLength(text),
    links: linksOf(file, tree),
    ...(status ? { status } : {}),
    ...pick("owner", front.owner ?? data.find((datum) => datum.key === "owner")?.value),
    ...pick("service", front.service),
    ...(front.kind ? { kind: front.kind } : {}),
  });
  const findings: Finding[] = [...frontFindings, ...annotationFindings, ...trapsOf(file, plain, tree)];
  const page: Page = {
    file,
    text: plain,
    lang,
    tree,
    parts,
    front,
    annotations,
    config,
    document,
    blocks: [],
    findings,
  };
  const { blocks, findings: blockFindings } = classifyBlocks(page);
  return { ...page, blocks, findings: [...findings, ...blockFindings] };
}

type Known = Pick<Document, "lang" | "lines" | "bytes" | "links"> &
  Partial<Pick<Document, "status" | "owner" | "service" | "kind">>;

function documentOf(file: string, parts: readonly Part[], data: Document["data"], known: Known): Document {
  const title = titleOf(parts) || file.slice(file.lastIndexOf("/") + 1);
  const updated = ["updated", "date"]
    .map((key) => dateOf(data.find((datum) => datum.key === key)?.value))
    .find(Boolean);
  return {
    file,
    title,
    kind: kindOf(file, title),
    ...known,
    ...pick("baseline", baselineOf(data)),
    ...pick("updated", updated),
    data,
    sections: parts.filter((part) => part.section.depth > 0).map((part) => part.section),
    signatures: signaturesOf(file, parts, data),
  };
}

const declaredIn = (annotations: Page["annotations"]): readonly Declared[] =>
  annotations.flatMap(({ line, keys }) => {
    const status = STATUSES.find((each) => each === keys["status"]);
    return status === undefined ? [] : [{ line, status }];
  });

const titleOf = (parts: readonly Part[]): string =>
  (parts.find((part) => part.section.depth === 1) ?? parts[1])?.section.title ?? "";

const kindOf = (file: string, title: string): DocumentKind =>
  kindIn(title) ?? kindIn(file.replace(/[_/.-]+/g, " ")) ?? "other";

const kindIn = (text: string): DocumentKind | undefined => KIND_WORDS.find(([, words]) => words.test(text))?.[0];

const claimed = (data: Document["data"]): Document["status"] => {
  const value = data.find((datum) => datum.key === "status")?.value;
  return value === undefined ? undefined : statusOf(value);
};

function baselineOf(data: Document["data"]): Document["baseline"] {
  for (const datum of data) {
    const pinned = /([\w./-]{1,100})@([0-9a-f]{7,64})\b/.exec(datum.key === "baseline" ? datum.value : "");
    if (pinned) return { branch: pinned[1]!, commit: pinned[2]!, source: datum.source };
  }
  return undefined;
}

function countLines(text: string): number {
  if (text === "") return 0;
  let lines = text.endsWith("\n") ? 0 : 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

const pick = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
