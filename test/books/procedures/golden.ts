/** Golden pairs of this folder: `name.md` in, `name.json` out. */
export const GOLDEN: readonly string[] = ["gateway.zh", "gateway.en", "bad"];
