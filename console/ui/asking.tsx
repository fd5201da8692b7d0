import type { ReactNode } from "react";
import { useAct } from "../api/session.ts";
import { Area } from "./area.tsx";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { Form } from "./form.tsx";
import { Pick } from "./pick.tsx";

/** Something to be told before it is done: chosen where there is `of`, else typed. Sent under `as`. */
export interface Asked {
  readonly as: string;
  readonly label: string;
  readonly of?: readonly { readonly value: string; readonly word: string }[];
  readonly must?: boolean;
  readonly type?: "date" | "long";
}

interface Given {
  /** What is done: title and button. */
  readonly title: string;
  readonly what?: string;
  readonly danger?: boolean;
  readonly asked: readonly Asked[];
  /** Where it is sent, with what besides the answers. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Queries that are asked anew then. */
  readonly names: readonly string[];
  readonly onClose: () => void;
}

/** Asks for what a deed needs; a refusal stands in it, and nothing is shown as done before the server said so. */
export function Asking({ title, what = "", danger, asked, path, body, names, onClose }: Given): ReactNode {
  const acting = useAct<unknown>(...names);
  const typed = asked.findIndex(({ of }) => of === undefined);
  return (
    <Dialog open onClose={onClose} title={title}>
      {what !== "" && <p className="mb-3">{what}</p>}
      <Form
        send={title}
        look={danger ? "danger" : "main"}
        busy={acting.isPending}
        error={acting.error}
        onSend={(values) => {
          const said = Object.entries(values).filter(([, value]) => value !== "");
          acting.mutate({ path, body: { ...body, ...Object.fromEntries(said) } }, { onSuccess: onClose });
        }}
      >
        {asked.map((one, at) => (
          <Answer key={one.as} asked={one} first={at === typed} />
        ))}
      </Form>
    </Dialog>
  );
}

function Answer({ asked, first }: { readonly asked: Asked; readonly first: boolean }): ReactNode {
  const { as: name, label, of, must, type } = asked;
  if (of !== undefined) return <Pick name={name} label={label} of={of} />;
  const given = { name, label, required: must, maxLength: 4_000, ...(first && { "data-first": true }) };
  if (type === "long") return <Area {...given} />;
  return <Field {...given} type={type ?? "text"} autoComplete="off" />;
}
