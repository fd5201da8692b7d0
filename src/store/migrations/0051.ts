/** Samples know their outcome: the rank of states, pass 0 to fail 3. */
export const sql = `
ALTER TABLE sample ADD COLUMN outcome INTEGER;
`;
