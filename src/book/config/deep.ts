/** Brackets within brackets that no data has. */
const DEEPEST = 200;

/** Whether YAML opens more brackets within each other than data ever does: what makes its reader slow, or overflow. */
export function isDeep(text: string): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = bracket === "[" || bracket === "{" ? open + 1 : Math.max(open - 1, 0);
    if (open > DEEPEST) return true;
  }
  return false;
}
