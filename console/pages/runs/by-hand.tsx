import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import type { Hand } from "./hand.ts";

/** Where a person does a step, and the bytes that they type. */
export function ByHand({ hand: { step, seat } }: { readonly hand: Hand }): ReactNode {
  const { hand: words } = useTexts().runs;
  return (
    <div className="mb-3">
      {seat !== undefined && (
        <p className="mb-1">
          {format(words.where, { where: seat.where })}
          {seat.login !== undefined && ` · ${format(words.login, { login: seat.login })}`}
        </p>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard too */}
      <pre tabIndex={0} className="max-h-64 overflow-auto rounded-lg bg-sunk px-3 py-2 text-[0.9rem]">
        {step.command}
      </pre>
    </div>
  );
}
