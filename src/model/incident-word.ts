/** Namespace of `ssh-keygen -Y sign` for a person's word on an incident. */
export const INCIDENT_NAMESPACE = "watchbook-incident";

/** What a person signs where nothing measures the user's path. */
export interface WordFacts {
  readonly incident: string;
  readonly says: "green" | "red";
  readonly person: string;
  readonly reason: string;
}

/** The bytes that are signed: plain lines, ending with a newline. */
export const wordText = ({ incident, says, person, reason }: WordFacts): string =>
  ["watchbook incident 1", `incident ${incident}`, `path ${says}`, `person ${person}`, `reason ${reason}`, ""].join(
    "\n",
  );

const FORM = /^watchbook incident 1\nincident (\S+)\npath (green|red)\nperson (\S[^\n]*)\nreason (\S[^\n]*)\n$/;

/** Reads what was signed; undefined for any other text. */
export function readWord(text: string): WordFacts | undefined {
  const [, incident, says, person, reason] = FORM.exec(text) ?? [];
  if (incident === undefined || person === undefined || reason === undefined) return undefined;
  return { incident, says: says === "green" ? "green" : "red", person, reason };
}
