import type { Person } from "../../model/config.ts";

/** What is known of whoever asks for a run, beside the name that they give. */
export interface Witnessed {
  /** Login names of the operating system: whose process asked, and who had logged in to start it. */
  readonly logins?: readonly string[] | undefined;
  /** Id of the person whose token or sign-in it was. */
  readonly person?: string | undefined;
}

const loginsOf = ({ id, logins = [id] }: Pick<Person, "id" | "logins">): readonly string[] => logins;

/**
 * Ids of the people who ask, by what was witnessed and not by the name that they give. Empty: nobody knows who asks. More
 * than one: a login that several people share.
 */
export const requestersOf = (
  people: readonly Pick<Person, "id" | "logins">[],
  { logins = [], person }: Witnessed,
): readonly string[] =>
  people.filter((one) => one.id === person || loginsOf(one).some((name) => logins.includes(name))).map(({ id }) => id);
