import type { Node } from "yaml";
import type { LintRule } from "../../../model/book.ts";
import type { Finding } from "../../../model/finding.ts";
import { MAY_BE_UNFILLED, unfilledIn } from "../../words/unfilled.ts";
import { give } from "../give.ts";

/** Names the placeholder that a parameter stands for: it is the manual's that is written there. */
const STANDS = /^runbooks\..+\.params\..+\.for$/;

/** Lines pasted from a report into watchbook.yaml with `<directory>` still in them: such a check judges nothing. */
export const unfilled: LintRule = {
  codes: ["WB814"],
  run: async ({ config }, { texts }) => {
    const { file } = config;
    const text = file === undefined ? undefined : texts.get(file);
    if (file === undefined || text === undefined || !MAY_BE_UNFILLED.test(text)) return [];
    const { isMap, isScalar, isSeq, LineCounter, parseDocument } = await import("yaml");
    const lines = new LineCounter();
    const findings: Finding[] = [];
    const look = (node: unknown, path: string, key: string): void => {
      if (isMap(node))
        for (const pair of node.items) {
          const name = isScalar(pair.key) ? String(pair.key.value) : "";
          const inner = path === "" ? name : `${path}.${name}`;
          tell(pair.key, inner, "", name);
          look(pair.value, inner, name);
        }
      else if (isSeq(node)) node.items.forEach((item, index) => look(item, `${path}[${index}]`, key));
      else if (isScalar(node) && typeof node.value === "string") tell(node, path, key, node.value);
    };
    const tell = (node: unknown, path: string, key: string, value: string): void => {
      const open = unfilledIn(key, value);
      const at = (node as Node | null)?.range?.[0];
      if (open === undefined || at === undefined || STANDS.test(path)) return;
      findings.push(give("WB814", "error", { file, line: lines.linePos(at).line }, { key: path, value: open }));
    };
    look(parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" }).contents, "", "");
    return findings;
  },
};
