import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Lost, Refused } from "../api/client.ts";
import { useTexts } from "../app/prefs.tsx";

/** What was refused, or that nobody answered, with the next action. An error of our own is thrown on to the page's boundary. */
export function Refusal({ error }: { readonly error: unknown }): ReactNode {
  const { shell, signIn } = useTexts();
  const { refused } = shell;
  const { href } = useLocation();
  if (!(error instanceof Refused) && !(error instanceof Lost)) throw error;
  const { say, fix } = error instanceof Refused ? error.problem : { say: refused.lost, fix: refused.lostFix };
  return (
    <div role="alert" className="rounded-xl border border-fail bg-fail-t px-4 py-3">
      <p className="font-medium">{say}</p>
      {error instanceof Refused && error.problem.status === 401 && (
        <Link to="/sign-in" search={{ next: href }}>
          {signIn.title}
        </Link>
      )}
      {fix !== "" && <p className="mt-0.5">{fix}</p>}
    </div>
  );
}
