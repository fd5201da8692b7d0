import type { ButtonHTMLAttributes, ReactNode } from "react";

const LOOKS = {
  /** The thing to do here. */
  main: "border-accent bg-accent text-card hover:opacity-90",
  plain: "border-edge bg-card text-ink hover:bg-sunk",
  /** Cannot be taken back. */
  danger: "border-fail bg-card text-fail hover:bg-fail-t",
  /** In a bar: no frame. */
  bare: "border-transparent bg-transparent text-ink hover:bg-sunk",
} as const;

interface Given extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: keyof typeof LOOKS;
}

/** A button large enough for a thumb. */
export function Button({ look = "plain", className = "", type = "button", ...rest }: Given): ReactNode {
  return (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- given by the caller, `button` otherwise
      type={type}
      className={`inline-flex min-h-9 min-w-9 cursor-pointer items-center justify-center gap-1.5 rounded-lg border px-3 py-1 font-medium disabled:cursor-default disabled:opacity-60 ${LOOKS[look]} ${className}`}
    />
  );
}
