// The S3 server of the tests, as a process of its own, so that it can be stopped: see s3-server.ts.
import { parseAsync } from '@20minutes/s3rver/lib/cli.js'

// It does not outlive the tests that started it.
process.once('disconnect', () => process.exit())
await parseAsync()
