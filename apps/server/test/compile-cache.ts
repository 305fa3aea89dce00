/** For a process with an environment of its own: where modules are that others have compiled (decision 034). Unset without `npm test`. */
export const compileCache = { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }
