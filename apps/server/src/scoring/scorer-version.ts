/** Rises whenever any number of metrics.ts could come out differently for the same outputs. */
export const scorerVersion = '1'
