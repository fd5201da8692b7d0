import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** Where in the manual something stands, and the way there. Data beside the manual (watchbook.yaml) is no page: plain. */
export function Place({ source }: { readonly source: { readonly file: string; readonly line: number } }): ReactNode {
  const text = <code>{`${source.file}:${source.line}`}</code>;
  if (/\.ya?ml$/.test(source.file)) return <span className="text-quiet">{text}</span>;
  return (
    <Link
      to="/manual/file/$"
      params={{ _splat: source.file }}
      hash={`L${source.line}`}
      className="inline-flex min-h-6 items-center text-quiet"
    >
      {text}
    </Link>
  );
}
