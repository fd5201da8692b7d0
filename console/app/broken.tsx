import type { ErrorComponentProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Lost, Refused } from "../api/client.ts";
import { Button } from "../ui/button.tsx";
import { Refusal } from "../ui/refusal.tsx";
import { useTexts } from "./prefs.tsx";

/** A page that fell: that nothing was changed, how to go on, and what to report. */
export function Broken({ error }: ErrorComponentProps): ReactNode {
  const { broken } = useTexts().shell;
  if (error instanceof Refused || error instanceof Lost) return <Refusal error={error} />;
  return (
    <div role="alert" className="rounded-xl border border-fail bg-fail-t px-4 py-3">
      <p className="font-medium">{broken.say}</p>
      <p className="mt-0.5">{broken.fix}</p>
      <p className="my-3 flex gap-3">
        <Button onClick={() => location.reload()}>{broken.again}</Button>
        <a href="/plain" className="self-center">
          {broken.plain}
        </a>
      </p>
      <pre className="overflow-auto rounded bg-card p-2">{error instanceof Error ? error.stack : String(error)}</pre>
    </div>
  );
}
