// Trains the demo round's baselines anew: `node scripts/train-baselines.ts`, some minutes on one core.
// Measured on the 2,000 hidden demo images: linear 53.2 %, MLP 62.9 %, CNN 88.9 %.
import { join } from 'node:path'
import { trainBaselines } from '../apps/server/src/features/demo/train-baselines.ts'

await trainBaselines(join(import.meta.dirname, '../apps/server/baselines'), (line) => console.log(line))
