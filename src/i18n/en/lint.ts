/** Findings of the lint rules: WB1xx and WB3xx to WB9xx. */
export const lint = {
  findings: {},
} as const;
