/** Writes what went wrong to standard error, in the one form that Prisma's command line looks for there. */
export function logError(message: string, errorCode?: string): void {
  const line = {
    level: 'ERROR',
    target: 'schema_engine::logger',
    fields: { message, error_code: errorCode, is_panic: false },
  }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}
