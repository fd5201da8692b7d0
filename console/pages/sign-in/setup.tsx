import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { Field } from "../../ui/field.tsx";
import { Door, Enter, type Entered } from "./entry.tsx";
import { Code, Fresh, Person } from "./fields.tsx";

/** The first administrator: whoever has the code that the daemon printed on its own terminal. No password is given beforehand. */
export function Setup({ onEntered }: Entered): ReactNode {
  const { signIn: words } = useTexts();
  return (
    <Door title={words.setup} first={words.setupFirst}>
      <p className="mb-3 text-quiet">{words.setupWhy}</p>
      <Enter
        send={words.setupSend}
        path="/api/setup"
        bodyOf={({ name = "", ...rest }) => ({ ...rest, ...(name !== "" && { name }) })}
        onEntered={onEntered}
      >
        <Code name="code" label={words.setupCode} hint={words.setupCodeHint} />
        <Person />
        <Field name="name" label={words.name} autoComplete="name" />
        <Fresh />
      </Enter>
    </Door>
  );
}
