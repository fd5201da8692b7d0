import type { Person } from "../../model/config.ts";
import type { Access } from "./access.ts";

/**
 * Ends what people have who may do nothing any more: whoever comes back to the book finds neither session nor emergency of before.
 * A password stays: with it they sign in anew, when the book names them again.
 */
export async function endLeft(access: Access, people: readonly Person[]): Promise<void> {
  const { signIns, emergencies } = access;
  const here = [...signIns.now(), ...emergencies.now()].map(({ person }) => person);
  for (const person of new Set(here)) {
    if (access.grants(people, person)) continue;
    await signIns.endAll(person);
    await emergencies.end(person, "watchbook");
  }
}
