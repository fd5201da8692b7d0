import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Empty } from "../ui/empty.tsx";
import { Title } from "../ui/title.tsx";
import { useTexts } from "./prefs.tsx";

/** An address that leads nowhere. */
export function NotFound(): ReactNode {
  const { notFound } = useTexts().shell;
  return (
    <>
      <Title>{notFound.say}</Title>
      <Empty say={notFound.fix}>
        <p className="mt-2">
          <Link to="/">{notFound.go}</Link>
        </p>
      </Empty>
    </>
  );
}
