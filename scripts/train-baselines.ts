// Trains the demo round's baselines anew: `node scripts/train-baselines.ts`, a few minutes on one core.
import { join } from 'node:path'
import { trainBaselines } from '../apps/server/src/features/demo/train-baselines.ts'

await trainBaselines(join(import.meta.dirname, '../apps/server/baselines'), (line) => console.log(line))
