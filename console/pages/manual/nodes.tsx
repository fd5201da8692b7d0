import type { ReactNode } from "react";
import type { ManualNode } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Fence } from "./fence.tsx";
import { Heading } from "./heading.tsx";
import { Items } from "./items.tsx";
import { Notes } from "./notes.tsx";
import { Table } from "./table.tsx";
import { Words } from "./words.tsx";

/** Blocks of a document in their order, each with what was found in it. */
export const Nodes = ({ nodes }: { readonly nodes: readonly ManualNode[] }): ReactNode =>
  nodes.map((node) => (
    <div
      key={`${node.kind} ${node.line}`}
      data-line={node.line}
      className="mb-3 [content-visibility:auto] [contain-intrinsic-size:auto_3rem]"
    >
      <Node node={node} />
      <Notes line={node.line} until={until(node)} />
    </div>
  ));

const draw = (nodes: readonly ManualNode[]): ReactNode => <Nodes nodes={nodes} />;

/** Last line whose findings stand below a block: of tables and fences all of theirs; lists and quotes show their own. */
function until(node: ManualNode): number {
  if (node.kind === "fence") return node.line + node.text.split("\n").length + 1;
  if (node.kind === "table") return node.line + node.rows.length;
  return node.line;
}

function Node({ node }: { readonly node: ManualNode }): ReactNode {
  const { manual: words } = useTexts();
  switch (node.kind) {
    case "heading":
      return <Heading node={node} />;
    case "paragraph":
      return (
        <p className="whitespace-pre-line">
          <Words of={node.words} />
        </p>
      );
    case "fence":
      return <Fence node={node} />;
    case "table":
      return <Table node={node} />;
    case "list":
      return <Items node={node} draw={draw} />;
    case "quote":
      return (
        <blockquote className="border-l-4 border-line pl-3">
          <Nodes nodes={node.children} />
        </blockquote>
      );
    case "html":
      return (
        <figure>
          <figcaption className="text-[0.85rem] text-quiet">{words.html}</figcaption>
          <pre className="overflow-x-auto rounded bg-sunk p-2 whitespace-pre-wrap">{node.text}</pre>
        </figure>
      );
    default:
      return <hr className="border-line" />;
  }
}
