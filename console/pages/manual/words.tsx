import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Piece } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";

/** Words of a line. Everything is text: a link leads into the book or, marked, out of it; a picture is only named. */
export const Words = ({ of }: { readonly of: readonly Piece[] }): ReactNode =>
  of.map((piece, at) => (
    // Words of a line never change their order.
    // oxlint-disable-next-line react/no-array-index-key
    <One key={at} piece={piece} />
  ));

function One({ piece: { text, kind, to, url, in: inside } }: { readonly piece: Piece }): ReactNode {
  const { manual: words } = useTexts();
  const body = inside === undefined ? text : <Words of={inside} />;
  switch (kind) {
    case "code":
      return <code className="rounded bg-sunk px-1 py-px">{text}</code>;
    case "strong":
      return <strong>{body}</strong>;
    case "deleted":
      return <del>{body}</del>;
    case "image":
      return <em className="text-quiet">{format(words.image, { text })}</em>;
    case "link":
      if (to !== undefined)
        return (
          <Link to="/manual/file/$" params={{ _splat: to.file }} hash={`L${to.line}`}>
            {body}
          </Link>
        );
      if (url !== undefined)
        return (
          <a href={url} rel="noreferrer noopener external" target="_blank" title={url}>
            {body} <span aria-hidden="true">↗</span>
          </a>
        );
      return <span>{body}</span>;
    default:
      return body;
  }
}
