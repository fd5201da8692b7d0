import type { ReactNode } from "react";
import { useEnter, type SessionNow } from "../../api/session.ts";
import { Form } from "../../ui/form.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";

export interface Entered {
  readonly onEntered: (session: SessionNow) => void;
}

type Values = Readonly<Record<string, string>>;

interface Way extends Entered {
  readonly send: string;
  readonly path: string;
  /** Absent: what is typed, as it is. */
  readonly bodyOf?: (values: Values) => object;
  readonly children: ReactNode;
}

const asTyped = (values: Values): object => values;

/** A form that answers with a session. */
export function Enter({ send, path, bodyOf = asTyped, onEntered, children }: Way): ReactNode {
  const enter = useEnter();
  return (
    <Form
      send={send}
      busy={enter.isPending}
      error={enter.error}
      onSend={(values) => enter.mutate({ path, body: bodyOf(values) }, { onSuccess: onEntered })}
    >
      {children}
    </Form>
  );
}

interface Door {
  readonly title: string;
  readonly first: string;
  readonly children: ReactNode;
}

/** A narrow page with one thing to do. */
export const Door = ({ title, first, children }: Door): ReactNode => (
  <div className="mx-auto max-w-md">
    <Title>{title}</Title>
    <Section title={first}>{children}</Section>
  </div>
);
