// What recognises something, in one place: blocks first, then everything that stands on them.
import { recognisers } from "../recognise/index.ts";
import type { Found, Page } from "../recognise/recogniser.ts";
import { astray } from "./astray.ts";
import { withOwners } from "./owners.ts";

export { classifyBlocks } from "../recognise/blocks.ts";

/** What every recogniser finds on a page, and the keys of comments that none of them read. */
export function recognise(page: Page): readonly Found[] {
  const found = withOwners(
    page,
    recognisers.map((recogniser) => recogniser.run(page)),
  );
  const findings = astray(page, found);
  return findings.length === 0 ? found : [...found, { findings }];
}
