import type { Service } from "../../model/policy.ts";
import { everyItem } from "../parse/walk.ts";
import { fold } from "../words/matcher.ts";
import { splitBracket } from "../words/punctuation.ts";
import { HA, PROFILE_LABEL, SERVICE_LABEL } from "../words/policies.ts";
import { lists, sourceAt } from "./place.ts";
import type { Recogniser } from "./recogniser.ts";
import { labelled } from "./sentences.ts";

/** A name, not a sentence. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._/-]{0,59}$/u;

/** Id of a service from its title: Latin words joined by hyphens, other scripts as they are. */
export const serviceId = (title: string): string =>
  fold(title)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");

/**
 * What is operated, when a list says it as a profile: an item labelled service (`Service: Mattermost (chat)`) beside one
 * labelled scale, deployment, owner or the like. High availability only
 * when the same list claims it; automation stays with a person until the book's data says otherwise.
 */
export const service: Recogniser = {
  name: "service",
  run(page) {
    const services = lists(page).flatMap((place): readonly Service[] => {
      const lines = place.node.items.map((item) => ({ item, ...labelled({ text: item.text, item }) }));
      const owned = lines.filter(({ label }) => label !== undefined && SERVICE_LABEL.is(fold(label)));
      const profile = lines.some(({ label }) => label !== undefined && PROFILE_LABEL.is(fold(label)));
      const [first] = owned;
      const { text: title, inside: purpose } = splitBracket(first?.rest ?? "");
      if (!profile || !first || owned.length !== 1 || !NAME.test(title)) return [];
      const all = fold(
        everyItem([place.node])
          .map((item) => item.text)
          .join("\n"),
      );
      return [
        {
          id: serviceId(title),
          title,
          ...(purpose && { purpose }),
          environments: [],
          needs: [],
          posture: HA.test(all)
            ? { availability: "ha", automation: "assist", unstated: ["automation"] }
            : { availability: "single", automation: "assist", unstated: ["availability", "automation"] },
          source: sourceAt(page, first.item.line),
        },
      ];
    });
    return { services };
  },
};
