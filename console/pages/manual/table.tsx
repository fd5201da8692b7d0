import type { ReactNode } from "react";
import type { ManualNode, Piece } from "../../../src/api/contract.ts";
import { Words } from "./words.tsx";

/** A table of the manual; wider than the screen it scrolls by itself. */
export function Table({ node }: { readonly node: ManualNode & { readonly kind: "table" } }): ReactNode {
  const [header = [], ...rows] = node.rows;
  const keyed = rows.map((row, at) => ({ row, line: node.line + 2 + at }));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard too
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={`L${node.line}`}>
      <table className="w-full border-collapse">
        {header.some((cell) => cell.length > 0) && (
          <thead>
            <tr>
              {header.map((cell, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- columns have no other name
                <Head key={at} cell={cell} />
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {keyed.map(({ row, line }) => (
            <tr key={line} data-line={line}>
              {row.map((cell, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- columns have no other name
                <td key={at} className="border border-line px-2 py-1 align-top whitespace-pre-line">
                  <Words of={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The head of a column; one without words is no heading. */
function Head({ cell }: { readonly cell: readonly Piece[] }): ReactNode {
  const look = "border border-line bg-sunk px-2 py-1 text-left";
  // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- no control: a cell that the manual left empty
  if (cell.length === 0) return <td className={look} />;
  return (
    <th scope="col" className={look}>
      <Words of={cell} />
    </th>
  );
}
