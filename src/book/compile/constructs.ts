// What recognises something, in one place: blocks first, then everything that stands on them.
export { classifyBlocks } from "../recognise/blocks.ts";
export { recognisers } from "../recognise/index.ts";
