import { type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

/** Logs JSON lines to standard output; on a terminal, lines for people. What could open a session is never logged. */
export function createLogger(name: string, level: string): Logger {
  const options = {
    name,
    level,
    redact: ['req.headers.cookie', 'req.headers.authorization', 'req.headers["x-api-key"]'],
  }
  return process.stdout.isTTY ? pino(options, pretty({ ignore: 'pid,hostname' })) : pino(options)
}
