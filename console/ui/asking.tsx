import { useEffect, type HTMLInputTypeAttribute, type ReactNode } from "react";
import { useAct } from "../api/session.ts";
import { Area } from "./area.tsx";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { Form } from "./form.tsx";
import { Pick, type Option } from "./pick.tsx";

/** Something to be told before it is done: chosen where there is `of`, else typed. Sent under `as`. */
export interface Asked {
  readonly as: string;
  readonly label: string;
  readonly hint?: string;
  readonly of?: readonly Option[];
  readonly must?: boolean;
  /** Characters at most. */
  readonly most?: number;
  /** What stands there at first. */
  readonly start?: string;
  readonly type?: "long" | "code" | "tick" | HTMLInputTypeAttribute;
}

type Values = Readonly<Record<string, string>>;

interface Given<T> {
  /** What is done: title, and button where it has no word of its own. */
  readonly title: string;
  readonly send?: string;
  readonly what?: string;
  readonly danger?: boolean;
  readonly asked?: readonly Asked[];
  /** Where it is sent, and what: absent, `body` with the answers that are not empty. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly bodyOf?: (values: Values) => object;
  /** Queries that are asked anew then. */
  readonly names: readonly string[];
  /** Nobody waits for it any more: it closes by itself, unless it was sent: then what the server said stands. */
  readonly over?: boolean;
  readonly onClose: () => void;
  /** Instead of closing it. */
  readonly onDone?: (answer: T) => void;
  /** What is shown of the answer, a dialog of its own; undefined: it is closed. */
  readonly renderAnswer?: (answer: T) => ReactNode;
  /** Between what it does and what is asked for. */
  readonly children?: ReactNode;
}

const filled = (values: Values): object => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

/** Asks for what a deed needs; a refusal stands in it, and nothing is shown as done before the server said so. */
export function Asking<T>(given: Given<T>): ReactNode {
  const {
    title,
    send = title,
    what = "",
    danger,
    asked = [],
    path,
    body,
    names,
    over = false,
    onClose,
    renderAnswer,
    children,
  } = given;
  const { bodyOf = filled, onDone = (answer: T): void => void (renderAnswer?.(answer) ?? onClose()) } = given;
  const acting = useAct<T>(...names);
  const unsent = acting.isIdle;
  useEffect(() => {
    if (over && unsent) onClose();
  }, [over, unsent, onClose]);
  const answer = acting.data === undefined ? undefined : renderAnswer?.(acting.data);
  if (answer !== undefined) return answer;
  const first = asked.findIndex(({ of, type }) => of === undefined && type !== "tick");
  return (
    <Dialog open onClose={onClose} title={title}>
      {what !== "" && <p className="mb-3">{what}</p>}
      {children}
      <Form
        send={send}
        look={danger ? "danger" : "main"}
        busy={acting.isPending}
        error={acting.error}
        onSend={(values) => acting.mutate({ path, body: { ...body, ...bodyOf(values) } }, { onSuccess: onDone })}
      >
        {asked.map((one, at) => (
          <Answer key={one.as} asked={one} first={at === first} />
        ))}
      </Form>
    </Dialog>
  );
}

function Answer({ asked, first }: { readonly asked: Asked; readonly first: boolean }): ReactNode {
  const { as: name, label, hint, of, must, most = 4_000, start, type = "text" } = asked;
  if (of !== undefined) return <Pick name={name} label={label} of={of} start={start} />;
  if (type === "tick")
    return (
      <label className="mb-3 flex min-h-9 items-center gap-2">
        <input type="checkbox" name={name} />
        {label}
      </label>
    );
  const shared = {
    ...{ name, label, hint, required: must, maxLength: most, defaultValue: start },
    ...(first && { "data-first": true }),
  };
  if (type === "long") return <Area {...shared} />;
  if (type === "code") return <Area {...shared} rows={3} className="font-mono" />;
  const secret = type === "password" ? "current-password" : "off";
  return <Field {...shared} type={type} autoComplete={secret} autoCapitalize="none" />;
}
