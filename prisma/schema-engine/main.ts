#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
// Stands in for Prisma's native schema engine, which npm does not carry: Prisma's command line executes this file
// (PRISMA_SCHEMA_ENGINE_BINARY, see prisma.config.ts) and speaks with it as with the binary. Why: docs/decisions/006.
// Node's warning that it imports WebAssembly is turned off because the command line expects nothing but JSON on standard error.

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { runDatabaseCommand } from './database-command.ts'
import { serve } from './json-rpc.ts'

const { values, positionals } = parseArgs({
  options: {
    datasource: { type: 'string' },
    datamodels: { type: 'string', multiple: true, default: [] },
  },
  allowPositionals: true,
})

const url = z.strictObject({ url: z.string() }).parse(JSON.parse(values.datasource ?? '{}')).url
if (positionals[0] === 'cli') {
  process.exitCode = await runDatabaseCommand(positionals[1], new URL(url))
} else {
  await serve(process.stdin, process.stdout, {
    url: new URL(url),
    datamodels: values.datamodels.map((path) => [path, readFileSync(path, 'utf8')]),
  })
  process.exit() // the engine leaves a timer of 10 s behind: its patience with a lock that it has long had
}
