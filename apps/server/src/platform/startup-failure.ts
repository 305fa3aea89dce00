import { StartupError } from './startup-error.ts'

/**
 * Runs an entry of the program. What keeps it from starting is told in a sentence, and the process ends with 1; only what nobody
 * foresaw comes with its stack trace.
 */
export async function runEntry(entry: () => Promise<void>): Promise<void> {
  try {
    await entry()
  } catch (error) {
    const foreseen = error instanceof StartupError
    process.stderr.write(
      `${foreseen ? error.message : (error instanceof Error && error.stack) || String(error)}\n`,
    )
    process.exit(1)
  }
}

/** The sentence for an address that cannot be listened on; any other error as it is. */
export function listenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE') {
    return new StartupError(
      `ポート ${port} は別のプログラムが使っています。そのプログラムを終了するか、PORT に別の番号を設定してください。`,
      `Port ${port} is in use by another program. Stop that program, or set PORT to another number.`,
      { cause: error },
    )
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartupError(
      `${host}:${port} で待ち受けできません。HOST と PORT を確認してください。`,
      `Cannot listen on ${host}:${port}. Check HOST and PORT.`,
      { cause: error },
    )
  }
  return error
}
