/** Why nothing after it can be believed: a code of the words `evidence.flaws`, with its values. */
export class Flaw extends Error {
  readonly code: FlawCode;
  readonly values: Readonly<Record<string, string | number>>;
  constructor(code: FlawCode, values: Flaw["values"] = {}) {
    super(`${code} ${JSON.stringify(values)}`);
    this.name = "Flaw";
    this.code = code;
    this.values = values;
  }
}

export type FlawCode =
  | "missing"
  | "extra"
  | "large"
  | "utf8"
  | "json"
  | "canonical"
  | "envelope"
  | "signature"
  | "stranger"
  | "expired"
  | "statement"
  | "moved"
  | "digest"
  | "second"
  | "proof"
  | "checkpoint"
  | "logged"
  | "signers"
  | "browser";
