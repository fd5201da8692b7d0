/** Reading, parsing, configuration, recognition: findings WB0xx and WB2xx, errors, words of `show`. */
export const book = {
  errors: {},
  findings: {},
} as const;
