import type { Book } from "../book.ts";
import type { Rota } from "../rota.ts";
import type { Contact } from "../tables.ts";
import { rotaOf } from "./spec.ts";

/** Somebody who can be called: a person of the book, or a role of the manual's contact table. */
export interface Reachable {
  readonly name: string;
  readonly contact?: string;
  /** What the manual says they are for. */
  readonly duty?: string;
}

/** Somebody of a rota and how to reach them. */
export interface Called extends Reachable {
  readonly person: string;
}

type Stated = Pick<Book, "config" | "contacts" | "zone">;

/** Contacts whose role says who is meant: one that has several addresses says nothing. */
function plain(contacts: readonly Contact[]): readonly Contact[] {
  return contacts.filter(
    (one, index) =>
      one.role !== "" &&
      one.contact !== "" &&
      contacts.findIndex(({ role }) => role === one.role) === index &&
      contacts.every(({ role, contact }) => role !== one.role || contact === one.contact),
  );
}

/** A role of the contact table is always on call for its duty. */
const fixed = ({ role, source }: Contact, zone: string): Rota => ({
  id: role.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-").replaceAll(/^-+|-+$/g, "") || `line-${source.line}`,
  title: role,
  zone,
  layers: [{ name: role, people: [role], zone, at: "09:00" }],
  overrides: [],
  swaps: [],
  source,
});

/** Rotas of watchbook.yaml; of a book that has none there, the roles of the manual's contact table. Pure. */
export function rotasOf({ config, contacts, zone }: Stated): readonly Rota[] {
  if (config.rota.length > 0) return config.rota.map((spec) => rotaOf(spec, zone, config.calendars));
  return plain(contacts).map((contact) => fixed(contact, zone));
}

/** Who an id of a rota is, and how to reach them. */
export function reachable({ config, contacts }: Pick<Book, "config" | "contacts">, id: string): Reachable {
  const person = config.people.find((one) => one.id === id);
  if (person !== undefined) {
    const { name, contact } = person;
    return { name, ...(contact !== undefined && { contact }) };
  }
  const found = contacts.find(({ role }) => role === id);
  if (found === undefined) return { name: id };
  return { name: id, contact: found.contact, ...(found.duty !== "" && { duty: found.duty }) };
}
