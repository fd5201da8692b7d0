import type { ReactNode, SubmitEvent } from "react";
import { Button } from "./button.tsx";
import { Refusal } from "./refusal.tsx";

interface Given {
  /** What is typed into its fields, by their names. */
  readonly onSend: (values: Readonly<Record<string, string>>) => void;
  readonly send: string;
  readonly look?: "main" | "danger";
  readonly busy: boolean;
  readonly error: unknown;
  readonly children: ReactNode;
}

/** Fields that are sent together; what the server said no to stands above the button. */
export function Form({ onSend, send, look = "main", busy, error, children }: Given): ReactNode {
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)];
    onSend(Object.fromEntries(given.map(([name, value]) => [name, typeof value === "string" ? value : ""])));
  };
  return (
    <form onSubmit={submit}>
      {children}
      {error !== null && error !== undefined && (
        <div className="mb-3">
          <Refusal error={error} />
        </div>
      )}
      <Button type="submit" look={look} disabled={busy}>
        {send}
      </Button>
    </form>
  );
}
