import type { ReactNode } from "react";
import type { ManualItem, ManualNode } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Notes } from "./notes.tsx";
import { Words } from "./words.tsx";

interface Given {
  readonly node: ManualNode & { readonly kind: "list" };
  /** Draws what stands below an item. */
  readonly draw: (nodes: readonly ManualNode[]) => ReactNode;
}

/** A list; boxes of tasks are signs, for what is ticked is recorded elsewhere. */
export function Items({ node, draw }: Given): ReactNode {
  const items = node.items.map((item) => <One key={item.line} item={item} draw={draw} />);
  if (node.start === null) return <ul className="list-disc pl-6">{items}</ul>;
  return (
    <ol start={node.start} className="list-decimal pl-6">
      {items}
    </ol>
  );
}

function One({ item, draw }: { readonly item: ManualItem } & Pick<Given, "draw">): ReactNode {
  const { manual: words } = useTexts();
  return (
    <li data-line={item.line} className={`mb-1 ${item.checked === null ? "" : "list-none"}`}>
      {item.checked !== null && (
        <span
          role="img"
          aria-label={item.checked ? words.task.done : words.task.open}
          className="-ml-5 inline-block w-5"
        >
          {item.checked ? "☑" : "☐"}
        </span>
      )}
      <Words of={item.words} />
      <Notes line={item.line} until={item.line} />
      {draw(item.children)}
    </li>
  );
}
