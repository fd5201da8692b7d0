import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useEnter, useSession } from "../api/session.ts";
import { format } from "../i18n/format.ts";
import { Button } from "../ui/button.tsx";
import { useTexts } from "./prefs.tsx";

/** Who is signed in, and the way out; else the way in. */
export function Who(): ReactNode {
  const { signIn: words } = useTexts();
  const now = useSession();
  const enter = useEnter();
  const { href } = useLocation();
  if (now === undefined) return null;
  if (now.person === null)
    return (
      <Link to="/sign-in" search={{ next: href }} className="px-2">
        {now.setup ? words.setup : words.title}
      </Link>
    );
  return (
    <Button
      look="bare"
      title={format(words.as, { name: now.person.name })}
      onClick={() => enter.mutate({ path: "/api/session", method: "DELETE" })}
    >
      <span className="max-w-36 truncate">{now.person.name}</span>
      <span className="text-quiet">· {words.out}</span>
    </Button>
  );
}
