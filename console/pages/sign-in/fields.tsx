import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { Field } from "../../ui/field.tsx";

/** Who one is. */
export function Person({ start = "" }: { readonly start?: string | undefined }): ReactNode {
  const { signIn: words } = useTexts();
  return (
    <Field
      name="person"
      label={words.person}
      hint={words.personHint}
      defaultValue={start}
      autoComplete="username"
      autoCapitalize="none"
      required
    />
  );
}

interface Given {
  /** Under which it is sent. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly fill?: "one-time-code" | "off";
}

/** A code that somebody or something gave. */
export const Code = ({ name, label, hint, fill = "off" }: Given): ReactNode => (
  <Field name={name} label={label} hint={hint} autoComplete={fill} autoCapitalize="none" required />
);

/** A password that is set now. */
export function Fresh({ name = "password", label }: { readonly name?: string; readonly label?: string }): ReactNode {
  const { signIn: words } = useTexts();
  return (
    <Field
      name={name}
      type="password"
      label={label ?? words.password}
      hint={words.passwordHint}
      autoComplete="new-password"
      minLength={12}
      maxLength={1_000}
      required
    />
  );
}
