export const desk = {
  errors: {},
} as const;
