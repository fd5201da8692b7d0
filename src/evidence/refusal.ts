/** Values of a reason, put into its sentence by name. */
export type ReasonArgs = Readonly<Record<string, string | number>>;

/** Why something is, or is not, proven: a code of i18n `evidence.reasons` with its values. */
export interface Reason {
  readonly code: string;
  readonly args: ReasonArgs;
}

export const reason = (code: string, args: ReasonArgs = {}): Reason => ({ code, args });

/** Thrown inside a verification when nothing after it can be believed; ends as verdict "refused". */
export class Refusal extends Error {
  readonly reason: Reason;
  constructor(code: string, args: ReasonArgs = {}) {
    super(`${code} ${JSON.stringify(args)}`);
    this.name = "Refusal";
    this.reason = { code, args };
  }
}
