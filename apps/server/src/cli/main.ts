/** The command line `./taikai`. Each command's code is loaded only when it is asked for: `score` needs no database client. */
import { Command } from 'commander'

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  score: async () => (await import('./score.ts')).scoreCommand(),
  acceptance: async () => (await import('./acceptance.ts')).acceptanceCommand(),
  dataset: async () => (await import('./dataset.ts')).datasetCommand(),
  backup: async () => (await import('./backup.ts')).backupCommand(),
  restore: async () => (await import('./backup.ts')).restoreCommand(),
  user: async () => (await import('./user.ts')).userCommand(),
}

const program = new Command('taikai').description('Contest service for a deep-learning seminar')
const named = process.argv[2]
const wanted = named !== undefined && Object.hasOwn(commands, named) ? commands[named] : undefined
// Without a known command all are loaded, for the help text.
for (const load of wanted === undefined ? Object.values(commands) : [wanted]) program.addCommand(await load())
await program.parseAsync()
