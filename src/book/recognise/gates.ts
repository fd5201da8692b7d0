import type { Gate } from "../../model/policy.ts";
import type { Fence } from "../parse/tree.ts";
import { fold } from "../words/matcher.ts";
import {
  ANY_GATE_HINT,
  APPROVAL_HINT,
  COPY_VERIFIED,
  GATE_HINT,
  MANUAL_APPROVAL,
  PREFLIGHT,
  PREFLIGHT_HINT,
  STAGING_FIRST,
  STAGING_HINT,
  VERIFIED_HINT,
} from "../words/policies.ts";
import { CLAUSE_END } from "../words/punctuation.ts";
import { finding, places, sourceAt } from "./place.ts";
import type { Page, Recogniser } from "./recogniser.ts";
import { sentences } from "./sentences.ts";

const KINDS: readonly (readonly [Gate["kind"], hint: RegExp, readonly RegExp[]])[] = [
  ["staging-first", STAGING_HINT, STAGING_FIRST],
  ["copy-verified", VERIFIED_HINT, COPY_VERIFIED],
  ["manual-approval", APPROVAL_HINT, MANUAL_APPROVAL],
  ["preflight", PREFLIGHT_HINT, PREFLIGHT],
];
/** Longer text describes; a gate is an order. */
const LONGEST = 160;
/** A line of a flow chart with one node. */
const LONGEST_NODE = 400;

/** Conditions before a change that the manual states: staging first, only what was verified, a person's approval. */
export const gates: Recogniser = {
  name: "gates",
  run(page) {
    const all = [...fromProse(page), ...fromDiagrams(page)];
    const proposed = all.filter((gate) => gate.state === "proposed");
    return {
      gates: all,
      findings: proposed.map(({ kind, text, source }) => finding("WB240", "note", source, { kind, text })),
    };
  },
};

const gateOf = (page: Page, kind: Gate["kind"], text: string, line: number): Gate => ({
  kind,
  text,
  state: page.config.gates.includes(kind) ? "declared" : "proposed",
  source: sourceAt(page, line),
});

function kindsOf(clause: string): readonly Gate["kind"][] {
  const folded = fold(clause);
  return KINDS.filter(
    ([, hint, patterns]) => hint.test(folded) && patterns.some((pattern) => pattern.test(folded)),
  ).map(([kind]) => kind);
}

/** Two cheap looks before the patterns; full-width letters are only seen in the folded text. */
const hinted = (text: string): boolean =>
  (ANY_GATE_HINT.test(text) || (/[^\x00-\x7f]/.test(text) && ANY_GATE_HINT.test(fold(text)))) && GATE_HINT.test(text);

function fromProse(page: Page): readonly Gate[] {
  if (page.document.kind === "report") return [];
  return sentences(page).flatMap((sentence) => {
    if (sentence.item?.checked !== undefined || !hinted(sentence.text)) return [];
    return sentence.text
      .split(CLAUSE_END)
      .filter((clause) => clause.length <= LONGEST)
      .flatMap((clause) => kindsOf(clause).map((kind) => gateOf(page, kind, clause.trim(), sentence.line)));
  });
}

const CLOSES = new Set("]})");

/** The label of the node at the end of a line: `A[x]`, `A("x");`. Sign by sign: a pattern tries every bracket with every other. */
function nodeLabel(line: string): string | undefined {
  const text = line.trimEnd().replace(/;$/, "").trimEnd();
  let end = text.length;
  while (end > 0 && CLOSES.has(text[end - 1]!)) end--;
  if (end === text.length) return undefined;
  const body = text.slice(0, end);
  const from = Math.max(...["[", "{", "]", "}"].map((sign) => body.lastIndexOf(sign)));
  const open = from >= 0 && !CLOSES.has(body[from]!) ? from : body.indexOf("(", from + 1);
  if (open < 0) return undefined;
  let start = open + 1;
  while (body[start] === "(") start++;
  return body.slice(start).replace(/^"/, "").replace(/"$/, "");
}

/** Manual gates in a flow chart: the labels of its nodes, markup taken off. */
function fromDiagrams(page: Page): readonly Gate[] {
  return places(page)
    .map((place) => place.node)
    .filter((node): node is Fence => node.kind === "fence" && fold(node.info).startsWith("mermaid"))
    .flatMap((fence) =>
      fence.text.split("\n").flatMap((line, index) => {
        if (line.length > LONGEST_NODE) return [];
        const label = nodeLabel(line);
        if (label === undefined) return [];
        const text = label
          .replace(/<[^<>]*>/g, " ")
          .replace(/\s+/g, " ")
          .trim();
        return kindsOf(text)
          .filter((kind) => kind === "manual-approval")
          .map((kind) => gateOf(page, kind, text, fence.first + index));
      }),
    );
}
